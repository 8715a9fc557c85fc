/** The Trust document in force: read from the ledger's entries, checked whenever it is read. */
@NullMarked
package dev.assay.activities.trust;

import org.jspecify.annotations.NullMarked;
