/**
 * Rules in CEL (github.com/google/cel-spec) over one run: compiled once, bounded when evaluated.
 */
@NullMarked
package dev.assay.model.cel;

import org.jspecify.annotations.NullMarked;
