/** Parts of the binary forms in which the registry keeps content. */
@NullMarked
package dev.assay.model.bytes;

import org.jspecify.annotations.NullMarked;
