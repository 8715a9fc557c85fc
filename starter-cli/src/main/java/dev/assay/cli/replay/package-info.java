/** {@code assay replay}. */
@NullMarked
package dev.assay.cli.replay;

import org.jspecify.annotations.NullMarked;
