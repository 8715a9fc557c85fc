/** Judges runs by a policy: pure functions of the run revision and of what the plan pins. */
@NullMarked
package dev.assay.model.check;

import org.jspecify.annotations.NullMarked;
