/** Assay's own run JSON: a file, a line or a folder. */
@NullMarked
package dev.assay.connectors.assayjson;

import org.jspecify.annotations.NullMarked;
