/** Parallel execution whose results do not depend on the schedule. */
@NullMarked
package dev.assay.parallel;

import org.jspecify.annotations.NullMarked;
