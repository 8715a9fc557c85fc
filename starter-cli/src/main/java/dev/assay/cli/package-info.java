/** The command line: the entry point, and the place where commands are put together. */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
