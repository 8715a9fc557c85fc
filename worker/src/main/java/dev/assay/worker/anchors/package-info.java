/** The anchors of a home: which there are, and how checkpoints get to them without waiting. */
@NullMarked
package dev.assay.worker.anchors;

import org.jspecify.annotations.NullMarked;
