package dev.assay.model.digest;

import java.util.ArrayList;
import java.util.List;

/**
 * Merkle tree hash over leaves that arrive one by one, in O(log n) memory. The tree of RFC 6962
 * section 2.1: {@code SHA-256(00 ‖ leaf)} for leaves, {@code SHA-256(01 ‖ left ‖ right)} for nodes.
 * Not safe for use by several threads.
 */
public final class MerkleRoot {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  /** Roots of the perfect subtrees so far, largest first: one for each set bit of {@link #size}. */
  private final List<byte[]> subtrees = new ArrayList<>();

  private long size;

  /** Adds a leaf's content; the leaf hash is computed here. */
  public MerkleRoot add(byte[]... leaf) {
    byte[][] parts = new byte[leaf.length + 1][];
    parts[0] = LEAF;
    System.arraycopy(leaf, 0, parts, 1, leaf.length);
    return addHash(Sha256.hash(parts));
  }

  /** Adds a leaf whose 32-byte leaf hash is known. */
  public MerkleRoot addHash(byte[] leafHash) {
    byte[] hash = leafHash;
    for (long bits = size; (bits & 1) == 1; bits >>= 1) {
      hash = node(subtrees.removeLast(), hash);
    }
    subtrees.add(hash);
    size++;
    return this;
  }

  /** Number of leaves so far. */
  public long size() {
    return size;
  }

  /** The root of what was added so far; of nothing: the SHA-256 of the empty string. */
  public Sha256 root() {
    if (subtrees.isEmpty()) {
      return Sha256.of();
    }
    byte[] hash = subtrees.getLast();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      hash = node(subtrees.get(i), hash);
    }
    return Sha256.ofBytes(hash);
  }

  private static byte[] node(byte[] left, byte[] right) {
    return Sha256.hash(NODE, left, right);
  }
}
