package dev.assay.ledger.tree;

import dev.assay.ledger.entry.EntryHashes;
import dev.assay.model.digest.Sha256;
import java.util.Arrays;

/**
 * The right edge of a tree: the roots of the perfect subtrees that its leaves fill, one for each
 * set bit of the size, largest first. Enough to add leaves and to know the root. Not safe for use
 * by several threads.
 */
public final class RightEdge {
  private final EntryHashes hashes;

  /** Subtree roots by height; slot h is meaningful if bit h of the size is set. */
  private final byte[][] peaks = new byte[63][];

  private long size;

  /** The edge of an empty tree. */
  public RightEdge(EntryHashes hashes) {
    this.hashes = hashes;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes aren't 32 for each set bit of the size
   */
  public static RightEdge decode(EntryHashes hashes, long size, byte[] edge) {
    if (size < 0 || edge.length != 32 * Long.bitCount(size)) {
      throw new IllegalArgumentException(
          "right edge of size %d: expected %d bytes, found %d"
              .formatted(size, 32 * Long.bitCount(size), edge.length));
    }
    RightEdge result = new RightEdge(hashes);
    result.size = size;
    int at = 0;
    for (int height = 62; height >= 0; height--) {
      if ((size >>> height & 1) == 1) {
        result.peaks[height] = Arrays.copyOfRange(edge, at, at + 32);
        at += 32;
      }
    }
    return result;
  }

  /** Adds one leaf. */
  public void add(byte[] leafHash) {
    byte[] hash = leafHash;
    int height = 0;
    for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
      hash = hashes.node(peaks[height], hash);
      height++;
    }
    peaks[height] = hash;
    size++;
  }

  /** Number of leaves. */
  public long size() {
    return size;
  }

  /** The tree's root; of the empty tree SHA-256 of nothing. */
  public Sha256 root() {
    byte[] root = null;
    for (int height = 0; height < 63; height++) {
      if ((size >>> height & 1) == 1) {
        root = root == null ? peaks[height] : hashes.node(peaks[height], root);
      }
    }
    return root == null ? Sha256.of() : Sha256.ofBytes(root);
  }

  /** The subtree roots, largest first, 32 bytes each. */
  public byte[] encode() {
    byte[] edge = new byte[32 * Long.bitCount(size)];
    int at = 0;
    for (int height = 62; height >= 0; height--) {
      if ((size >>> height & 1) == 1) {
        System.arraycopy(peaks[height], 0, edge, at, 32);
        at += 32;
      }
    }
    return edge;
  }
}
