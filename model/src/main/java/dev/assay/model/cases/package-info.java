/** Quarantine cases: their states, what leads from one to another, and what is due when. */
@NullMarked
package dev.assay.model.cases;

import org.jspecify.annotations.NullMarked;
