/** {@code assay trust}: whose signature counts. */
@NullMarked
package dev.assay.cli.trust;

import org.jspecify.annotations.NullMarked;
