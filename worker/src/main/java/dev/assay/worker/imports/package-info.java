/** Brings runs from sources into the registry, as the inputs of a validation. */
@NullMarked
package dev.assay.worker.imports;

import org.jspecify.annotations.NullMarked;
