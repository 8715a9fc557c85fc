/** Checkpoints from a signer in another process. */
@NullMarked
package dev.assay.worker.checkpoints;

import org.jspecify.annotations.NullMarked;
