/** Checkpoints: the one activity that has a ledger's key, and the workflow that only calls it. */
@NullMarked
package dev.assay.workflows.checkpoint;

import org.jspecify.annotations.NullMarked;
