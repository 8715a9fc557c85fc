package dev.assay.ledger.verify;

/** The head row as it stands. */
record HeadRow(String origin, long size, byte[] chainHash, byte[] edge) {
  HeadRow withOrigin(String other) {
    return new HeadRow(other, size, chainHash, edge);
  }
}
