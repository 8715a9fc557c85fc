/** Programs that users name, run apart from the worker and from each other. */
@NullMarked
package dev.assay.activities.programs;

import org.jspecify.annotations.NullMarked;
