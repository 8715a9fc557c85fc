/** The composition root: wires home, engine, stores and workers by hand. */
@NullMarked
package dev.assay.worker;

import org.jspecify.annotations.NullMarked;
