package dev.assay.ledger.tree;

/**
 * A full tile: 256 neighbouring hashes of one level, immutable ever after. Source:
 * c2sp.org/tlog-tiles, "Merkle Tree".
 *
 * @param level 0: leaf hashes; n: roots of full tiles of level n − 1
 * @param index its place in its level, from 0
 * @param hashes 256 × 32 bytes; not copied, never changed
 * @param root of the perfect subtree over the hashes
 */
public record Tile(int level, long index, byte[] hashes, byte[] root) {
  /** Hashes of a full tile. */
  public static final int WIDTH = 256;
}
