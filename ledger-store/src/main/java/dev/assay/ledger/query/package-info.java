/** Reading entries, and the projection that finds them. */
@NullMarked
package dev.assay.ledger.query;

import org.jspecify.annotations.NullMarked;
