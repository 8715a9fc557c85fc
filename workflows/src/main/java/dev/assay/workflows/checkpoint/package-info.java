/**
 * Checkpoints: the one activity that has a ledger's keys, and the workflow that keeps it signed.
 */
@NullMarked
package dev.assay.workflows.checkpoint;

import org.jspecify.annotations.NullMarked;
