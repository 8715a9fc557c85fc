package dev.assay.ledger.verify;

import dev.assay.ledger.entry.EntryHashes;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one range of entries, recomputes every hash, and notes where something disagrees. */
final class RangeScan {
  /** Entries a range: those of one tile of level 1. */
  static final int ENTRIES = 65_536;

  private static final int TILE = 256;
  private static final int MAX_REGRESSED = 100;

  /** Microseconds since 2000, as in a binary COPY. */
  private static final String CHAIN_BEFORE =
      """
      SELECT chain_hash, (extract(epoch FROM recorded) * 1000000)::bigint - 946684800000000
      FROM ledger.entries WHERE ledger = ? AND index = ?
      """;

  private final Snapshot snapshot;
  private final Connection connection;
  private final long from;
  private final long to;
  private final long[] wanted;
  private final long keySeed;
  private final VerifierHashes hashes = new VerifierHashes();

  private final Intervals bad = new Intervals();
  private final List<WrongTile> wrongTiles = new ArrayList<>();
  private final List<Long> regressed = new ArrayList<>();
  private final Map<Long, Peaks> atWanted = new HashMap<>();
  private final ByteArrayOutputStream tileRoots = new ByteArrayOutputStream();
  private final long[] keyHashes;

  /** Subtrees of the full tiles so far. */
  private final Peaks peaks;

  /** Leaf hashes since the last full tile. */
  private final byte[] leaves = new byte[TILE * VerifierHashes.BYTES];

  private int nextWanted;
  private int leafCount;
  private Map<Long, TileRow> tiles = Map.of();
  private boolean whole = true;

  /** No row of the current tile is missing. */
  private boolean tileWhole = true;

  private long expected;
  private long rows;
  private long lastRecorded = Long.MIN_VALUE;
  private final byte[] chain = new byte[VerifierHashes.BYTES];
  private final byte[] link = new byte[VerifierHashes.BYTES];
  private boolean chainKnown;

  RangeScan(
      Snapshot snapshot, Connection connection, long from, long to, long[] wanted, long keySeed) {
    this.snapshot = snapshot;
    this.connection = connection;
    this.from = from;
    this.to = to;
    this.wanted = wanted;
    while (nextWanted < wanted.length && wanted[nextWanted] <= from) {
      nextWanted++;
    }
    this.keySeed = keySeed;
    this.expected = from;
    this.peaks = new Peaks(hashes, from);
    this.keyHashes = new long[(int) (to - from)];
  }

  RangeResult scan() throws SQLException {
    tiles = snapshot.tiles(connection, 0, from / TILE, to / TILE);
    readChainBefore();
    try (EntryStream stream = new EntryStream(connection, snapshot.ledger(), from, to)) {
      EntryRow row = stream.next();
      while (row != null) {
        take(row);
        row = stream.next();
      }
    }
    if (expected < to) {
      missing(to - 1);
    }
    return new RangeResult(
        from,
        to,
        rows,
        bad,
        wrongTiles,
        whole ? upToHere() : null,
        tileRoots.toByteArray(),
        atWanted,
        regressed,
        whole ? chain.clone() : null,
        Arrays.copyOf(keyHashes, (int) Math.min(rows, keyHashes.length)));
  }

  private void readChainBefore() throws SQLException {
    if (from == 0) {
      System.arraycopy(EntryHashes.chainStart(), 0, chain, 0, chain.length);
      chainKnown = true;
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(CHAIN_BEFORE)) {
      statement.setString(1, snapshot.ledger());
      statement.setLong(2, from - 1);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next() && rows.getBytes(1).length == chain.length) {
          System.arraycopy(rows.getBytes(1), 0, chain, 0, chain.length);
          lastRecorded = rows.getLong(2);
          chainKnown = true;
        }
      }
    }
  }

  private void take(EntryRow row) {
    long index = row.index();
    if (rows < keyHashes.length) {
      keyHashes[(int) rows] = row.keyHash(keySeed);
    }
    rows++;
    if (index > expected) {
      missing(index - 1);
    } else if (index < expected) {
      bad.add(expected - 1, expected - 1); // the same index twice
      whole = false;
      return;
    }
    int length = row.encode(index);
    int at = leafCount * VerifierHashes.BYTES;
    hashes.leaf(row.encoded(), Math.max(0, length), leaves, at);
    boolean good = length >= 0 && row.hasLeafHash(leaves, at);
    if (chainKnown) {
      hashes.chain(chain, leaves, at, link);
      good &= row.hasChainHash(link);
    }
    if (!good) {
      bad.add(index, index);
    }
    row.copyChainHash(chain);
    chainKnown = true;
    noteTime(row, index);
    expected++;
    leafCount++;
    if (leafCount == TILE) {
      closeTile(index / TILE);
    }
    if (nextWanted < wanted.length && wanted[nextWanted] == expected) {
      nextWanted++;
      if (whole) {
        atWanted.put(expected, upToHere());
      }
    }
  }

  private void noteTime(EntryRow row, long index) {
    if (row.recorded() < lastRecorded && regressed.size() < MAX_REGRESSED) {
      regressed.add(index);
    }
    lastRecorded = row.recorded();
  }

  private void missing(long last) {
    bad.add(expected, last);
    whole = false;
    chainKnown = false;
    // Tiles after the gap are still compared, in their own places.
    expected = last + 1;
    while (nextWanted < wanted.length && wanted[nextWanted] <= expected) {
      nextWanted++;
    }
    leafCount = (int) (expected % TILE);
    tileWhole = leafCount == 0;
  }

  private void closeTile(long tile) {
    leafCount = 0;
    boolean comparable = tileWhole;
    tileWhole = true;
    TileRow stored = tiles.get(tile);
    boolean same = stored != null && Arrays.equals(stored.hashes(), leaves);
    byte[] root = hashes.fold(leaves, TILE);
    if (comparable && (!same || stored == null || !Arrays.equals(stored.root(), root))) {
      wrongTiles.add(new WrongTile(0, tile, root));
    }
    tileRoots.writeBytes(root);
    peaks.add(8, root);
  }

  private Peaks upToHere() {
    Peaks all = peaks.copy();
    for (int i = 0; i < leafCount; i++) {
      all.add(
          0, Arrays.copyOfRange(leaves, i * VerifierHashes.BYTES, (i + 1) * VerifierHashes.BYTES));
    }
    return all;
  }
}
