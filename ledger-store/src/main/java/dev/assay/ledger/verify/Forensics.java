package dev.assay.ledger.verify;

import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.verify.Intervals.Interval;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Explains disagreements, one window of rows at a time. A full tile vouches for its leaves; beyond
 * the last full tile the stored hashes and chain links do, which say less.
 */
final class Forensics {
  /** Windows a verification: about 130,000 rows. */
  private static final int MAX_WINDOWS = 64;

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
        if (windows++ >= MAX_WINDOWS || issues.isFull()) {
          issues.markMore();
          return;
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

  /** Names what happened in [from, to); false if the rows behind it aren't at their places. */
  private boolean explainWindow(long from, long to) throws SQLException {
    Window window = Window.load(snapshot, from, to, untrustedTiles);
    List<WindowRow> rows = window.rows();
    long[] origins = new long[rows.size()];
    long[] indexes = new long[rows.size()];
    Origins search = new Origins(window, head.size());
    for (int i = 0; i < origins.length; i++) {
      indexes[i] = rows.get(i).index();
      origins[i] = search.of(rows.get(i), chainBefore(window, i));
    }
    boolean last = to >= head.size();
    long shift = shiftAtEnd(origins, indexes);
    long places = shift == 0 || last ? to : Math.max(from, to + Math.min(0, shift));
    Alignment alignment = new Alignment(origins, indexes, from, places);
    if (last && !alignment.inserted().isEmpty() && endsAtHead(rows)) {
      // The head was enlarged for the strangers: behind the last entry nothing is missing.
      long end = origins[origins.length - 1] + 1;
      alignment = new Alignment(origins, indexes, from, end > from ? end : places);
    }
    report(window, alignment, origins);
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

  private void report(Window window, Alignment alignment, long[] origins) {
    List<WindowRow> rows = window.rows();
    runs(
        alignment.edited(),
        (from, to) ->
            new Issue(
                IssueKind.ENTRY_EDITED,
                from,
                to,
                "the content isn't what was recorded; " + leaves("recorded", window, from, to)));
    runs(
        alignment.deleted(),
        (from, to) ->
            new Issue(
                IssueKind.ENTRIES_DELETED,
                from,
                to,
                "no row holds what was recorded there; " + leaves("missing", window, from, to)));
    runs(
        alignment.inserted().stream().map(i -> rows.get(i).index()).toList(),
        (from, to) ->
            new Issue(IssueKind.ENTRY_INSERTED, from, to, "no hash recorded here fits these rows"));
    for (int position : alignment.duplicated()) {
      issues.add(
          Issue.at(
              IssueKind.ENTRY_DUPLICATED,
              rows.get(position).index(),
              "entry %d stands here, too".formatted(origins[position])));
    }
    if (!alignment.moved().isEmpty()) {
      issues.add(reordered(rows, alignment.moved(), origins));
    }
  }

  private static Issue reordered(List<WindowRow> rows, List<Integer> moved, long[] origins) {
    long from = Long.MAX_VALUE;
    long to = 0;
    StringBuilder detail = new StringBuilder("entries stand at each other's places:");
    for (int position : moved) {
      long index = rows.get(position).index();
      from = Math.min(from, Math.min(index, origins[position]));
      to = Math.max(to, Math.max(index, origins[position]));
      if (detail.length() < 300) {
        detail.append(" %d at %d;".formatted(origins[position], index));
      }
    }
    return new Issue(IssueKind.ENTRIES_REORDERED, from, to, detail.toString());
  }

  private interface RunIssue {
    Issue of(long from, long to);
  }

  /** One issue for each run of neighbouring indexes. */
  private void runs(List<Long> indexes, RunIssue issue) {
    List<Long> sorted = indexes.stream().sorted().toList();
    for (int start = 0; start < sorted.size(); ) {
      int end = start;
      while (end + 1 < sorted.size() && sorted.get(end + 1) == sorted.get(end) + 1) {
        end++;
      }
      issues.add(issue.of(sorted.get(start), sorted.get(end)));
      start = end + 1;
    }
  }

  /** Up to three leaf hashes that tiles know. */
  private static String leaves(String what, Window window, long from, long to) {
    if (window.leaf(from).isEmpty() && window.leaf(to).isEmpty()) {
      return "no full tile keeps its leaf hash";
    }
    LongFunction<String> hex =
        index -> window.leaf(index).map(HexFormat.of()::formatHex).orElse("unknown");
    StringBuilder text = new StringBuilder(what + " leaf " + hex.apply(from));
    for (long index = from + 1; index <= Math.min(to, from + 2); index++) {
      text.append(", ").append(hex.apply(index));
    }
    return to > from + 2 ? text + ", …" : text.toString();
  }
}
