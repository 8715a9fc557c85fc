/**
 * The workflow engine behind one interface, whichever of its modes runs, and the workers that use
 * it.
 */
@NullMarked
package dev.assay.worker.engine;

import org.jspecify.annotations.NullMarked;
