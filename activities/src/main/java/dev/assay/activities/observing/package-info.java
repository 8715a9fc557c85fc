/** Runs the programs of a policy's checks for a run, and says what they showed. */
@NullMarked
package dev.assay.activities.observing;

import org.jspecify.annotations.NullMarked;
