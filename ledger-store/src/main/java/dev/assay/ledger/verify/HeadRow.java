package dev.assay.ledger.verify;

/** The head row as it stands. */
record HeadRow(String origin, long size, byte[] chainHash, byte[] edge) {
  HeadRow withSize(long other) {
    return new HeadRow(origin, other, chainHash, edge);
  }
}
