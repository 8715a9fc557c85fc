/** {@code assay validate}. */
@NullMarked
package dev.assay.cli.validate;

import org.jspecify.annotations.NullMarked;
