/** The Merkle tree of the writer (RFC 6962) with tiles of 256 hashes: pure, no I/O. */
@NullMarked
package dev.assay.ledger.tree;

import org.jspecify.annotations.NullMarked;
