package dev.assay.ledger.tree;

import dev.assay.ledger.entry.EntryHashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Collects hashes until tiles are full. Not safe for use by several threads. */
public final class TileBuilder {
  private static final int TILE_BYTES = Tile.WIDTH * 32;

  private final EntryHashes hashes;

  /** One unfinished tile a level. */
  private final List<Level> levels = new ArrayList<>();

  private static final class Level {
    private final byte[] partial = new byte[TILE_BYTES];
    private int filled;
    private long index;
  }

  /** A builder for an empty tree. */
  public TileBuilder(EntryHashes hashes) {
    this.hashes = hashes;
  }

  /**
   * A builder for a tree that exists.
   *
   * @param size number of leaves
   * @param partials for each level from 0 the hashes of its unfinished tile, 32 bytes each
   * @throws IllegalArgumentException if they aren't as many as the size asks for
   */
  public static TileBuilder resume(EntryHashes hashes, long size, List<byte[]> partials) {
    TileBuilder builder = new TileBuilder(hashes);
    long width = size;
    for (int level = 0; width > 0; level++, width /= Tile.WIDTH) {
      byte[] partial = level < partials.size() ? partials.get(level) : new byte[0];
      if (partial.length != width % Tile.WIDTH * 32) {
        throw new IllegalArgumentException(
            "level %d of a tree of size %d: expected %d hashes in its last tile, found %d"
                .formatted(level, size, width % Tile.WIDTH, partial.length / 32));
      }
      Level state = builder.level(level);
      System.arraycopy(partial, 0, state.partial, 0, partial.length);
      state.filled = partial.length / 32;
      state.index = width / Tile.WIDTH;
    }
    return builder;
  }

  /** Adds a leaf; tells {@code full} each tile that it completes, lowest level first. */
  public void add(byte[] leafHash, Consumer<Tile> full) {
    byte[] hash = leafHash;
    for (int number = 0; ; number++) {
      Level level = level(number);
      System.arraycopy(hash, 0, level.partial, 32 * level.filled, 32);
      level.filled++;
      if (level.filled < Tile.WIDTH) {
        return;
      }
      hash = root(level.partial);
      full.accept(new Tile(number, level.index, level.partial.clone(), hash));
      level.filled = 0;
      level.index++;
    }
  }

  private Level level(int number) {
    while (levels.size() <= number) {
      levels.add(new Level());
    }
    return levels.get(number);
  }

  private byte[] root(byte[] tile) {
    byte[][] row = new byte[Tile.WIDTH][];
    for (int i = 0; i < Tile.WIDTH; i++) {
      row[i] = Arrays.copyOfRange(tile, 32 * i, 32 * i + 32);
    }
    for (int width = Tile.WIDTH / 2; width >= 1; width /= 2) {
      for (int i = 0; i < width; i++) {
        row[i] = hashes.node(row[2 * i], row[2 * i + 1]);
      }
    }
    return row[0];
  }
}
