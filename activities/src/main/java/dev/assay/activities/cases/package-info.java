/** What is done to quarantine cases: each transition is an entry, and the rows follow. */
@NullMarked
package dev.assay.activities.cases;

import org.jspecify.annotations.NullMarked;
