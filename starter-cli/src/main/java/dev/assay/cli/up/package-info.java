/** {@code assay up}, {@code down}, {@code status}, {@code doctor}. */
@NullMarked
package dev.assay.cli.up;

import org.jspecify.annotations.NullMarked;
