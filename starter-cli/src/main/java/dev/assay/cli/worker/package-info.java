/** {@code assay worker}. */
@NullMarked
package dev.assay.cli.worker;

import org.jspecify.annotations.NullMarked;
