/** What checks and validations decide. */
@NullMarked
package dev.assay.model.verdict;

import org.jspecify.annotations.NullMarked;
