package dev.assay.ledger.verify;

/** A stored tile as it stands. */
record TileRow(long index, byte[] hashes, byte[] root) {}
