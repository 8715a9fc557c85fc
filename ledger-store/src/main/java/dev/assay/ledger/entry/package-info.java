/**
 * An entry's fields, its bytes, and the hashes over them: the table that writer and verifier share.
 */
@NullMarked
package dev.assay.ledger.entry;

import org.jspecify.annotations.NullMarked;
