/** Canonical JSON (RFC 8785), in and out. */
@NullMarked
package dev.assay.model.json;

import org.jspecify.annotations.NullMarked;
