/**
 * {@code assay up}: one process that holds a home and keeps its parts alive, and how other
 * processes find it.
 */
@NullMarked
package dev.assay.worker.up;

import org.jspecify.annotations.NullMarked;
