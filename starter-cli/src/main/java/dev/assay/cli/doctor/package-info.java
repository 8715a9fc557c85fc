/** {@code assay doctor}: looks at everything a command needs, and says what to do. */
@NullMarked
package dev.assay.cli.doctor;

import org.jspecify.annotations.NullMarked;
