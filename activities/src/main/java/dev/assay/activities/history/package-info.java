/** Digests of workflow histories, in the ledger. */
@NullMarked
package dev.assay.activities.history;

import org.jspecify.annotations.NullMarked;
