/** {@code assay quarantine}: cases of runs that didn't pass. */
@NullMarked
package dev.assay.cli.quarantine;

import org.jspecify.annotations.NullMarked;
