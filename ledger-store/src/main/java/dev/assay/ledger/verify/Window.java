package dev.assay.ledger.verify;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of [from, to) and the leaves that tiles vouch for there and a little beyond.
 *
 * @param rows at most {@link #ROWS} and those just beyond the end, by their index
 * @param chainBefore stored chain hash of the entry before {@code from}, if it is there
 */
record Window(
    String ledger,
    long from,
    long to,
    List<WindowRow> rows,
    Map<Long, byte[]> leaves,
    Map<ByteBuffer, Long> places,
    Optional<byte[]> chainBefore) {
  /** Rows a window: what is loaded to explain one disagreement. */
  static final int ROWS = 2_048;

  /** How far a row can be from where its neighbours are and still be recognised. */
  static final int REACH = 64;

  static Window load(Snapshot snapshot, long from, long to, Set<Long> untrustedTiles)
      throws SQLException {
    VerifierHashes hashes = new VerifierHashes();
    List<WindowRow> rows = new ArrayList<>();
    Optional<byte[]> before = Optional.empty();
    try (EntryStream stream =
        new EntryStream(
            snapshot.coordinator(), snapshot.ledger(), Math.max(0, from - 1), to + REACH)) {
      EntryRow row = stream.next();
      while (row != null && rows.size() < 2 * ROWS) {
        if (row.index() < from) {
          before = Optional.of(row.chainHash());
        } else if (row.index() < to) {
          rows.add(WindowRow.of(row.keep(), hashes));
        }
        row = stream.next();
      }
    }
    Map<Long, byte[]> leaves = new HashMap<>();
    Map<ByteBuffer, Long> places = new HashMap<>();
    long firstTile = Math.max(0, from - REACH) / 256;
    for (TileRow tile :
        snapshot.tiles(snapshot.coordinator(), 0, firstTile, (to + REACH) / 256 + 1).values()) {
      if (!untrustedTiles.contains(tile.index()) && tile.hashes().length == 8192) {
        for (int i = 0; i < 256; i++) {
          byte[] leaf = Arrays.copyOfRange(tile.hashes(), 32 * i, 32 * i + 32);
          leaves.put(tile.index() * 256 + i, leaf);
          places.put(ByteBuffer.wrap(leaf), tile.index() * 256 + i);
        }
      }
    }
    return new Window(snapshot.ledger(), from, to, List.copyOf(rows), leaves, places, before);
  }

  Optional<byte[]> leaf(long index) {
    return Optional.ofNullable(leaves.get(index));
  }
}
