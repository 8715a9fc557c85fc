package dev.assay.ledger.proof;

import java.util.Arrays;

/** A tile's hashes and the perfect subtrees over them, folded once. */
final class TileTree {
  private static final int HEIGHT = 8;

  /** By height; of a partial tile only the subtrees that are whole. */
  private final byte[][] heights = new byte[HEIGHT + 1][];

  TileTree(byte[] hashes) {
    heights[0] = hashes;
    for (int height = 1; height <= HEIGHT; height++) {
      byte[] below = heights[height - 1];
      byte[] folded = new byte[below.length / 64 * 32];
      for (int at = 0; at < folded.length; at += 32) {
        byte[] node =
            Nodes.hash(
                Arrays.copyOfRange(below, 2 * at, 2 * at + 32),
                Arrays.copyOfRange(below, 2 * at + 32, 2 * at + 64));
        System.arraycopy(node, 0, folded, at, 32);
      }
      heights[height] = folded;
    }
  }

  int width() {
    return heights[0].length / 32;
  }

  /** The subtree of height 0 to 8 with this number within the tile. */
  byte[] node(int height, int number) {
    return Arrays.copyOfRange(heights[height], 32 * number, 32 * number + 32);
  }
}
