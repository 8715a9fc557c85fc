/**
 * Keys, C2SP signed notes and checkpoints: what lets an outsider check a ledger without its
 * database.
 */
@NullMarked
package dev.assay.evidence;

import org.jspecify.annotations.NullMarked;
