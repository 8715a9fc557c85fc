package dev.assay.ledger.proof;

/**
 * Tiles of one tree at one moment. Source: c2sp.org/tlog-tiles, "Merkle Tree".
 *
 * <p>Level 0 holds leaf hashes, level n the roots of full tiles of level n − 1.
 */
@FunctionalInterface
public interface TileSource {
  /**
   * The first hashes of a tile, 32 bytes each, as one array that the caller may keep.
   *
   * @param width 1 to 256; the tree has at least so many there
   * @throws dev.assay.ledger.LedgerDamagedException if they are missing, though the tree's size
   *     promises them
   */
  byte[] hashes(int level, long index, int width);
}
