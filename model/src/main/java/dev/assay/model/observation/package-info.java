/** What programs showed of runs: made once, then evidence under its digest. */
@NullMarked
package dev.assay.model.observation;

import org.jspecify.annotations.NullMarked;
