package dev.assay.ledger.verify;

import dev.assay.ledger.entry.EntryTable;
import dev.assay.model.digest.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The verifier's own hashing, in place. Not safe for use by several threads. */
final class VerifierHashes {
  static final int BYTES = 32;

  private static final byte[] CHAIN_DOMAIN = EntryTable.chainDomain();

  private final MessageDigest sha256 = Sha256.newDigest();

  /** RFC 6962 leaf hash of {@code length} bytes into {@code out}. */
  void leaf(byte[] encoded, int length, byte[] out, int at) {
    sha256.update((byte) 0);
    sha256.update(encoded, 0, length);
    finish(out, at);
  }

  /** RFC 6962 node hash of the 64 bytes from {@code from} into {@code out}. */
  void node(byte[] pair, int from, byte[] out, int at) {
    sha256.update((byte) 1);
    sha256.update(pair, from, 2 * BYTES);
    finish(out, at);
  }

  byte[] node(byte[] left, byte[] right) {
    sha256.update((byte) 1);
    sha256.update(left);
    return sha256.digest(right);
  }

  /** The chain's next hash into {@code out}, which may be {@code previous}. */
  void chain(byte[] previous, byte[] leaf, int leafAt, byte[] out) {
    sha256.update(CHAIN_DOMAIN);
    sha256.update(previous);
    sha256.update(leaf, leafAt, BYTES);
    finish(out, 0);
  }

  /** Root over {@code hashes}, a power of two of them; destroys them. */
  byte[] fold(byte[] hashes, int count) {
    for (int width = count / 2; width >= 1; width /= 2) {
      for (int i = 0; i < width; i++) {
        node(hashes, 2 * BYTES * i, hashes, BYTES * i);
      }
    }
    return Arrays.copyOf(hashes, BYTES);
  }

  private void finish(byte[] out, int at) {
    try {
      sha256.digest(out, at, BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for a SHA-256", e);
    }
  }
}
