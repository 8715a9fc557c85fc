/** {@code assay keys}: makes and lists the keys that sign. */
@NullMarked
package dev.assay.cli.keys;

import org.jspecify.annotations.NullMarked;
