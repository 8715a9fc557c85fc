/**
 * The second implementation: reads everything back, shares no code with the writer but the entry's
 * table and SHA-256.
 */
@NullMarked
package dev.assay.ledger.verify;

import org.jspecify.annotations.NullMarked;
