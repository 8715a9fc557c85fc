package dev.assay.ledger.proof;

import dev.assay.model.digest.Sha256;

/** Node hashes. */
final class Nodes {
  private static final byte[] NODE = {1};

  private Nodes() {}

  /** SHA-256(01 ‖ left ‖ right). Source: RFC 6962 section 2.1. */
  static byte[] hash(byte[] left, byte[] right) {
    return Sha256.hash(NODE, left, right);
  }
}
