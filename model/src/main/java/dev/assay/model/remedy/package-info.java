/** Revisions of runs that remedies make: each follows from the original and a document. */
@NullMarked
package dev.assay.model.remedy;

import org.jspecify.annotations.NullMarked;
