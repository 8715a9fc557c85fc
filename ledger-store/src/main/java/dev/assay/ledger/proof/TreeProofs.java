package dev.assay.ledger.proof;

import dev.assay.model.digest.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes proofs from tiles, in O(log n) reads: two a level of tiles at most, each read once. Not
 * safe for use by several threads.
 */
public final class TreeProofs {
  /** Tiles kept, 16 KiB each with their inner nodes: for proofs of neighbouring entries. */
  private static final int KEPT = 256;

  private static final int TILE_HEIGHT = 8;

  private record Place(int level, long index) {}

  private final TileSource tiles;
  private final Map<Place, TileTree> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, TileTree> eldest) {
          return size() > KEPT;
        }
      };

  /** Proofs for any size up to that of the tree whose tiles these are. */
  public TreeProofs(TileSource tiles) {
    this.tiles = tiles;
  }

  /**
   * That entry {@code index} is in the tree of the first {@code size} entries.
   *
   * @throws ProofException unless 0 ≤ index &lt; size
   */
  public InclusionProof inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new ProofException(
          "no entry %d in a tree of size %d: indexes are from 0 to size - 1"
              .formatted(index, size));
    }
    List<Sha256> path = new ArrayList<>();
    inclusion(index, 0, size, path, size);
    return new InclusionProof(index, size, path);
  }

  /**
   * That the tree of the first {@code to} entries begins with that of the first {@code from}.
   *
   * @throws ProofException unless 1 ≤ from ≤ to
   */
  public ConsistencyProof consistency(long from, long to) {
    if (from < 1 || from > to) {
      throw new ProofException(
          "no consistency proof from size %d to size %d: expected 1 ≤ from ≤ to"
              .formatted(from, to));
    }
    List<Sha256> path = new ArrayList<>();
    consistency(from, 0, to, true, path, to);
    return new ConsistencyProof(from, to, path);
  }

  /** Root of the tree of the first {@code size} entries; of none SHA-256 of nothing. */
  public Sha256 root(long size) {
    return size == 0 ? Sha256.of() : range(0, size, size);
  }

  /** PATH of RFC 6962 section 2.1.1, over the leaves [from, to). */
  private void inclusion(long index, long from, long to, List<Sha256> path, long size) {
    if (to - from == 1) {
      return;
    }
    long middle = middle(from, to);
    if (index < middle) {
      inclusion(index, from, middle, path, size);
      path.add(range(middle, to, size));
    } else {
      inclusion(index, middle, to, path, size);
      path.add(range(from, middle, size));
    }
  }

  /** SUBPROOF of RFC 6962 section 2.1.2; {@code known}: the smaller tree's root is this range's. */
  private void consistency(
      long end, long from, long to, boolean known, List<Sha256> path, long size) {
    if (end == to) {
      if (!known) {
        path.add(range(from, to, size));
      }
      return;
    }
    long middle = middle(from, to);
    if (end <= middle) {
      consistency(end, from, middle, known, path, size);
      path.add(range(middle, to, size));
    } else {
      consistency(end, middle, to, false, path, size);
      path.add(range(from, middle, size));
    }
  }

  /** The largest power of two below the number of leaves, from the left. */
  private static long middle(long from, long to) {
    return from + Long.highestOneBit(to - from - 1);
  }

  /** Hash over the leaves [from, to), where from is a multiple of the first perfect subtree. */
  private Sha256 range(long from, long to, long size) {
    List<byte[]> perfect = new ArrayList<>();
    long at = from;
    while (at < to) {
      int height = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
      perfect.add(node(height, at >>> height, size));
      at += 1L << height;
    }
    byte[] hash = perfect.removeLast();
    while (!perfect.isEmpty()) {
      hash = Nodes.hash(perfect.removeLast(), hash);
    }
    return Sha256.ofBytes(hash);
  }

  /** Root of a perfect subtree of 2^height leaves. */
  private byte[] node(int height, long number, long size) {
    int level = height / TILE_HEIGHT;
    int inner = height % TILE_HEIGHT;
    long first = number << inner;
    long index = first >>> TILE_HEIGHT;
    long atLevel = size >>> (TILE_HEIGHT * level);
    int width = (int) Math.min(1L << TILE_HEIGHT, atLevel - (index << TILE_HEIGHT));
    Place place = new Place(level, index);
    TileTree tile = kept.get(place);
    if (tile == null || tile.width() < width) {
      tile = new TileTree(tiles.hashes(level, index, width));
      kept.put(place, tile);
    }
    return tile.node(inner, (int) (number - (index << (TILE_HEIGHT - inner))));
  }
}
