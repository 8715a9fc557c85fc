/** {@code assay db}. */
@NullMarked
package dev.assay.cli.db;

import org.jspecify.annotations.NullMarked;
