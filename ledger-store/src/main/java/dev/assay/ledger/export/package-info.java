/** Writes a ledger as files that other people's programs read: c2sp.org/tlog-tiles. */
@NullMarked
package dev.assay.ledger.export;

import org.jspecify.annotations.NullMarked;
