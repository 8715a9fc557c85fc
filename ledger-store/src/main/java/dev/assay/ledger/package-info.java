/** The ledger: records events once, in order, and proves what it recorded. */
@NullMarked
package dev.assay.ledger;

import org.jspecify.annotations.NullMarked;
