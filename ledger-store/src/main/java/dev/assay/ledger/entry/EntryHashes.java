package dev.assay.ledger.entry;

import dev.assay.model.digest.Sha256;
import java.security.MessageDigest;

/** Leaf, node and chain hashes. Not safe for use by several threads: it reuses its digest. */
public final class EntryHashes {
  /** Before entry 0. */
  private static final byte[] CHAIN_START = new byte[32];

  private static final byte[] CHAIN_DOMAIN = EntryTable.chainDomain();

  private final MessageDigest digest = Sha256.newDigest();

  /** The chain hash before entry 0: 32 zero bytes. */
  public static byte[] chainStart() {
    return CHAIN_START.clone();
  }

  /** SHA-256(00 ‖ encoded). Source: RFC 6962 section 2.1. */
  public byte[] leaf(byte[] encoded, int offset, int length) {
    digest.update((byte) 0);
    digest.update(encoded, offset, length);
    return digest.digest();
  }

  /** SHA-256(01 ‖ left ‖ right). Source: RFC 6962 section 2.1. */
  public byte[] node(byte[] left, byte[] right) {
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }

  /** SHA-256("assay/chain/v1\0" ‖ previous chain hash ‖ leaf hash). */
  public byte[] chain(byte[] previous, byte[] leaf) {
    digest.update(CHAIN_DOMAIN);
    digest.update(previous);
    return digest.digest(leaf);
  }
}
