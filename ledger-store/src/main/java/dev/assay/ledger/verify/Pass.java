package dev.assay.ledger.verify;

import dev.assay.ledger.entry.EntryHashes;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One reading of the rows of [start, end), and all that it computed. */
final class Pass {
  private final Snapshot snapshot;
  private final VerifyRequest request;
  private final TreeState start;
  private final long end;
  private final Peaks peaks;
  private final UpperTiles upperTiles;
  private final Intervals bad = new Intervals();
  private final List<WrongTile> wrongLeaves = new ArrayList<>();
  private final List<UnreadRange> unread = new ArrayList<>();
  private final List<Long> regressed = new ArrayList<>();
  private final Map<Long, Peaks> states = new HashMap<>();

  /** Every row so far was there. */
  private boolean whole = true;

  private byte[] lastChain = EntryHashes.chainStart();
  private boolean equalKeys;
  private long rows;

  /**
   * @param start state at a multiple of 256
   */
  Pass(Snapshot snapshot, VerifyRequest request, TreeState start, long end) throws SQLException {
    this.snapshot = snapshot;
    this.request = request;
    this.start = start;
    this.end = end;
    this.peaks = start.peaks();
    this.upperTiles = new UpperTiles(snapshot, start);
    if (start.size() > 0) {
      lastChain = snapshot.chainHash(start.size() - 1).orElse(lastChain);
    }
  }

  /**
   * Reads.
   *
   * @param wanted sizes at which the state of the tree is wanted
   */
  Pass read(List<Long> wanted) throws SQLException, IOException {
    long[] sizes = wanted.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    boolean compareKeys = request.duplicates() && start.size() == 0;
    try (KeyHashes keys = new KeyHashes();
        RangeReader ranges =
            new RangeReader(
                snapshot,
                start.size(),
                end,
                sizes,
                new SecureRandom().nextLong(),
                request.connections())) {
      while (ranges.hasNext()) {
        switch (ranges.next()) {
          case RangeReader.Scanned.Unread(UnreadRange range) -> {
            unread.add(range);
            whole = false;
          }
          case RangeReader.Scanned.Read(RangeResult result) -> {
            if (compareKeys) {
              keys.add(result.keyHashes());
            }
            merge(result);
          }
        }
        request.progress().accept(start.size() + rows);
      }
      equalKeys = compareKeys && keys.haveEqual();
    }
    return this;
  }

  private void merge(RangeResult range) throws SQLException {
    rows += range.rows();
    bad.addAll(range.bad());
    wrongLeaves.addAll(range.wrongTiles());
    regressed.addAll(range.regressed());
    if (whole) {
      range
          .atWanted()
          .forEach(
              (size, local) -> {
                Peaks there = peaks.copy();
                there.addAll(local);
                states.put(size, there);
              });
    }
    Peaks local = range.peaks();
    byte[] chain = range.lastChain();
    if (whole && local != null && chain != null) {
      peaks.addAll(local);
      upperTiles.add(range.tileRoots());
      lastChain = chain;
    } else {
      whole = false;
    }
  }

  long end() {
    return end;
  }

  boolean whole() {
    return whole;
  }

  boolean edgeIs(HeadRow head) {
    return whole && Arrays.equals(peaks.encode(), head.edge());
  }

  boolean chainIs(HeadRow head) {
    return whole && Arrays.equals(lastChain, head.chainHash());
  }

  /** Whether the last row that was read is the one that the head was moved to last. */
  boolean endsAt(HeadRow head) {
    return edgeIs(head) && chainIs(head);
  }

  Peaks peaks() {
    return peaks;
  }

  /** The head that these rows give; if one is missing, with its end and chain hash alone. */
  HeadRow head(String origin) throws SQLException {
    byte[] chain =
        whole ? lastChain : snapshot.chainHash(end - 1).orElseGet(EntryHashes::chainStart);
    return new HeadRow(origin, end, chain, whole ? peaks.encode() : new byte[0]);
  }

  /** States at the wanted sizes up to which no row is missing. */
  Map<Long, Peaks> states() {
    return states;
  }

  Intervals bad() {
    return bad;
  }

  /** Wrong tiles of level 0; meaningless where rows are bad. */
  List<WrongTile> wrongLeaves() {
    return wrongLeaves;
  }

  List<WrongTile> wrongAbove() {
    return upperTiles.wrong();
  }

  List<UnreadRange> unread() {
    return unread;
  }

  /** Rows recorded before their predecessor. */
  List<Long> regressed() {
    return regressed;
  }

  /** Whether two keys may be equal; only looked for where all rows are read. */
  boolean equalKeys() {
    return equalKeys;
  }

  long rows() {
    return rows;
  }
}
