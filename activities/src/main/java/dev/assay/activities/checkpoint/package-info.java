/** Signs the ends of ledgers, with whatever has the keys. */
@NullMarked
package dev.assay.activities.checkpoint;

import org.jspecify.annotations.NullMarked;
