/** Digests and Merkle roots. */
@NullMarked
package dev.assay.model.digest;

import org.jspecify.annotations.NullMarked;
