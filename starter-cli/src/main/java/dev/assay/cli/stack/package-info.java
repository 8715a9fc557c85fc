/** Opens a home's stack for a command. */
@NullMarked
package dev.assay.cli.stack;

import org.jspecify.annotations.NullMarked;
