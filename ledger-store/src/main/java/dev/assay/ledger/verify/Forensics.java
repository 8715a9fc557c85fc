package dev.assay.ledger.verify;

import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.verify.Intervals.Interval;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Explains disagreements, one window of rows at a time. A full tile vouches for its leaves; beyond
 * the last full tile the stored hashes and chain links do, which say less.
 */
final class Forensics {
  /** Windows a verification: about 130,000 rows. */
  private static final int MAX_WINDOWS = 64;

  private static final String NEXT =
      "SELECT min(index) FROM ledger.entries WHERE ledger = ? AND index >= ?";

  private final Snapshot snapshot;
  private final HeadRow head;
  private final Set<Long> untrustedTiles;
  private final IssueList issues;

  Forensics(Snapshot snapshot, HeadRow head, Set<Long> untrustedTiles, IssueList issues) {
    this.snapshot = snapshot;
    this.head = head;
    this.untrustedTiles = untrustedTiles;
    this.issues = issues;
  }

  void explain(List<Interval> suspicious) throws SQLException {
    long done = 0;
    int windows = 0;
    for (Interval interval : suspicious) {
      long from = Math.max(done, interval.from());
      while (from <= interval.to()) {
        if (windows++ >= MAX_WINDOWS) {
          issues.markMore();
          return;
        }
        long next = nextRow(from);
        if (next > interval.to()) {
          hole(from, interval.to());
          done = interval.to() + 1;
          break;
        }
        // One row earlier: a broken link may be its predecessor's fault.
        long start = Math.max(done, from - 1);
        done = Math.min(head.size(), start + Window.ROWS);
        if (!explainWindow(start, done)) {
          // The rest is moved by the same distance, or gone: one cause, named once.
          return;
        }
        from = done;
      }
    }
  }

  private long nextRow(long from) throws SQLException {
    return snapshot.number(snapshot.coordinator(), NEXT, from).orElse(Long.MAX_VALUE);
  }

  /** Places without rows, however many: no window is needed. */
  private void hole(long from, long to) throws SQLException {
    Window window = Window.load(snapshot, from, Math.min(to + 1, from + 3), untrustedTiles);
    issues.add(WindowReport.deleted(window, from, to));
  }

  /** Names what happened in [from, to); false if the rows behind it aren't at their places. */
  private boolean explainWindow(long from, long to) throws SQLException {
    Window window = Window.load(snapshot, from, to, untrustedTiles);
    List<WindowRow> rows = window.rows();
    long[] origins = new long[rows.size()];
    long[] indexes = new long[rows.size()];
    Origins search = new Origins(window, head);
    for (int i = 0; i < origins.length; i++) {
      indexes[i] = rows.get(i).index();
      origins[i] = search.of(i, chainBefore(window, i));
    }
    boolean last = to >= head.size();
    long shift = shiftAtEnd(origins, indexes);
    long places = shift == 0 || last ? to : Math.max(from, to + Math.min(0, shift));
    Alignment alignment = new Alignment(origins, indexes, from, places);
    if (last && alignment.hasMoreRows() && endsAtHead(rows)) {
      // The head was enlarged for these rows: behind the last entry nothing is missing.
      long end = Arrays.stream(origins).max().orElse(Origins.NONE) + 1;
      alignment = new Alignment(origins, indexes, from, end > from ? end : places);
    }
    new WindowReport(window, issues).report(alignment, origins);
    new HashChecks(window, head, issues).check(origins, alignment, i -> chainBefore(window, i));
    return shift == 0;
  }

  /** Whether the last row is the one that the head was moved to last. */
  private boolean endsAtHead(List<WindowRow> rows) {
    return !rows.isEmpty() && Arrays.equals(rows.getLast().chainHash(), head.chainHash());
  }

  /** How far the last row that has a place is from it. */
  private static long shiftAtEnd(long[] origins, long[] indexes) {
    for (int i = origins.length - 1; i >= 0; i--) {
      if (origins[i] != Origins.NONE) {
        long shift = origins[i] - indexes[i];
        boolean steady = i == 0 || origins[i - 1] - indexes[i - 1] == shift;
        return steady ? shift : 0;
      }
    }
    return 0;
  }

  static Optional<byte[]> chainBefore(Window window, int position) {
    long index = window.rows().get(position).index();
    if (index == 0) {
      return Optional.of(EntryHashes.chainStart());
    }
    if (position == 0) {
      return index == window.from() ? window.chainBefore() : Optional.empty();
    }
    WindowRow before = window.rows().get(position - 1);
    return before.index() == index - 1 ? Optional.of(before.chainHash()) : Optional.empty();
  }
}
