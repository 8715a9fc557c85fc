/** Which engine a command works with: what was asked for, what is there. */
@NullMarked
package dev.assay.worker.choice;

import org.jspecify.annotations.NullMarked;
