package dev.assay.ledger.verify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tree at one size as stored hashes tell it, in one or two reads a level. They may lie: what
 * they give is worth what agrees with it.
 *
 * @param unfinished for each level, lowest first, the hashes of its unfinished tile
 */
record TreeState(long size, List<byte[]> unfinished) {
  static final TreeState EMPTY = new TreeState(0, List.of());

  private static final int WIDTH = 256;

  private static final String LEAVES =
      """
      SELECT leaf_hash FROM ledger.entries
      WHERE ledger = ? AND index >= ? AND index < ? ORDER BY index
      """;

  private static final String ROOTS =
      """
      SELECT root FROM ledger.tiles
      WHERE ledger = ? AND level = ? AND index >= ? AND index < ? ORDER BY index
      """;

  /** The state at {@code size}; empty if a hash that it takes isn't there. */
  static Optional<TreeState> read(Snapshot snapshot, long size) throws SQLException {
    List<byte[]> unfinished = new ArrayList<>();
    int level = 0;
    for (long nodes = size; nodes > 0; nodes /= WIDTH) {
      Optional<byte[]> hashes = hashes(snapshot, level, nodes);
      if (hashes.isEmpty()) {
        return Optional.empty();
      }
      unfinished.add(hashes.get());
      level++;
    }
    return Optional.of(new TreeState(size, unfinished));
  }

  /** The same without the leaves behind the last full tile. */
  TreeState atLastTile() {
    List<byte[]> above = new ArrayList<>(unfinished);
    if (!above.isEmpty()) {
      above.set(0, new byte[0]);
    }
    return new TreeState(size - size % WIDTH, above);
  }

  Peaks peaks() {
    Peaks peaks = new Peaks(new VerifierHashes());
    for (int level = unfinished.size() - 1; level >= 0; level--) {
      byte[] hashes = unfinished.get(level);
      for (int at = 0; at < hashes.length; at += VerifierHashes.BYTES) {
        peaks.add(8 * level, Arrays.copyOfRange(hashes, at, at + VerifierHashes.BYTES));
      }
    }
    return peaks;
  }

  /** Of the {@code nodes} of a level those behind its last full tile. */
  private static Optional<byte[]> hashes(Snapshot snapshot, int level, long nodes)
      throws SQLException {
    int wanted = (int) (nodes % WIDTH) * VerifierHashes.BYTES;
    long tile = nodes / WIDTH;
    if (wanted == 0) {
      return Optional.of(new byte[0]);
    }
    TileRow stored = snapshot.tiles(snapshot.coordinator(), level, tile, tile + 1).get(tile);
    if (stored != null) {
      return Optional.of(Arrays.copyOf(stored.hashes(), wanted));
    }
    return level == 0
        ? leaves(snapshot, tile * WIDTH, nodes)
        : select(snapshot, ROOTS, level - 1, tile * WIDTH, nodes);
  }

  /** Stored leaf hashes of rows [from, to); empty if one isn't there. */
  static Optional<byte[]> leaves(Snapshot snapshot, long from, long to) throws SQLException {
    return select(snapshot, LEAVES, -1, from, to);
  }

  private static Optional<byte[]> select(
      Snapshot snapshot, String sql, int level, long from, long to) throws SQLException {
    byte[] hashes = new byte[(int) (to - from) * VerifierHashes.BYTES];
    int at = 0;
    try (PreparedStatement select = snapshot.coordinator().prepareStatement(sql)) {
      int parameter = 1;
      select.setString(parameter++, snapshot.ledger());
      if (level >= 0) {
        select.setInt(parameter++, level);
      }
      select.setLong(parameter++, from);
      select.setLong(parameter, to);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          byte[] hash = rows.getBytes(1);
          if (at == hashes.length || hash.length != VerifierHashes.BYTES) {
            return Optional.empty();
          }
          System.arraycopy(hash, 0, hashes, at, hash.length);
          at += hash.length;
        }
      }
    }
    return at == hashes.length ? Optional.of(hashes) : Optional.empty();
  }
}
