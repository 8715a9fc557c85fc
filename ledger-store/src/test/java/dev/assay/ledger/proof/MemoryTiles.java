package dev.assay.ledger.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tiles of a list of leaf hashes, made by another way than the writer's; counts reads. */
final class MemoryTiles implements TileSource {
  private final List<byte[]> leaves;
  private final Map<String, Integer> reads = new HashMap<>();

  MemoryTiles(List<byte[]> leaves) {
    this.leaves = leaves;
  }

  @Override
  public byte[] hashes(int level, long index, int width) {
    reads.merge(level + "/" + index, 1, Integer::sum);
    byte[] tile = new byte[32 * width];
    for (int i = 0; i < width; i++) {
      System.arraycopy(perfect(level, index * 256 + i), 0, tile, 32 * i, 32);
    }
    return tile;
  }

  Map<String, Integer> reads() {
    return reads;
  }

  private byte[] perfect(int level, long number) {
    int width = 1 << (8 * level);
    List<byte[]> row =
        new ArrayList<>(leaves.subList((int) (number * width), (int) ((number + 1) * width)));
    while (row.size() > 1) {
      List<byte[]> above = new ArrayList<>();
      for (int i = 0; i < row.size(); i += 2) {
        above.add(Nodes.hash(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return Arrays.copyOf(row.getFirst(), 32);
  }
}
