/** The activities of a validation, and which of their errors are worth another try. */
@NullMarked
package dev.assay.activities.validation;

import org.jspecify.annotations.NullMarked;
