package dev.assay.ledger.verify;

import java.util.Arrays;

/**
 * A row near a disagreement.
 *
 * @param computed leaf hash of its content at its stored index
 */
record WindowRow(long index, EntryRow row, byte[] computed, byte[] leafHash, byte[] chainHash) {
  static WindowRow of(EntryRow row, VerifierHashes hashes) {
    return new WindowRow(
        row.index(), row, leafAt(row, row.index(), hashes), row.leafHash(), row.chainHash());
  }

  /** Leaf hash of the content if it stood at another index. */
  byte[] leafAt(long other, VerifierHashes hashes) {
    return leafAt(row, other, hashes);
  }

  boolean storedLeafIsRight() {
    return Arrays.equals(computed, leafHash);
  }

  private static byte[] leafAt(EntryRow row, long index, VerifierHashes hashes) {
    byte[] leaf = new byte[VerifierHashes.BYTES];
    hashes.leaf(row.encoded(), Math.max(0, row.encode(index)), leaf, 0);
    return leaf;
  }
}
