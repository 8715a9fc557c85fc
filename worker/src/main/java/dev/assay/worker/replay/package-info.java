/** Replays recorded workflow histories against this build. */
@NullMarked
package dev.assay.worker.replay;

import org.jspecify.annotations.NullMarked;
