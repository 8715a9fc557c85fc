/** Runs in: which source a text names, and reading it in a fixed order. */
@NullMarked
package dev.assay.connectors;

import org.jspecify.annotations.NullMarked;
