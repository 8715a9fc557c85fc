package dev.assay.ledger.verify;

import java.util.HexFormat;
import java.util.List;
import java.util.function.LongFunction;

/** Puts into words what was found in one window of rows. */
final class WindowReport {
  /** Longest list of moved rows, in characters. */
  private static final int MAX_LIST = 300;

  private final Window window;
  private final IssueList issues;

  WindowReport(Window window, IssueList issues) {
    this.window = window;
    this.issues = issues;
  }

  void report(Alignment alignment, long[] origins) {
    List<WindowRow> rows = window.rows();
    runs(alignment.edited(), (from, to) -> edited(window, from, to));
    runs(alignment.deleted(), (from, to) -> deleted(window, from, to));
    runs(
        alignment.inserted().stream().map(i -> rows.get(i).index()).toList(),
        (from, to) ->
            new Issue(IssueKind.ENTRY_INSERTED, from, to, "no hash recorded here fits these rows"));
    for (int position : alignment.duplicated()) {
      long index = rows.get(position).index();
      issues.add(
          new Issue(
              IssueKind.ENTRY_DUPLICATED,
              index,
              index,
              "entry %d stands here, too".formatted(origins[position]),
              "row %d of ledger.entries repeats entry %d, which is the original: keep a copy, remove it, and find out who could write to the database"
                  .formatted(index, origins[position])));
    }
    if (!alignment.moved().isEmpty()) {
      issues.add(reordered(rows, alignment.moved(), origins));
    }
  }

  static Issue edited(Window window, long from, long to) {
    return new Issue(
        IssueKind.ENTRY_EDITED,
        from,
        to,
        "the content isn't what was recorded; " + leaves("recorded", window, from, to),
        "restore %s from a backup, and compare with what stands there now; %s"
            .formatted(Advice.rows(from, to), proof(window, from, to)));
  }

  static Issue deleted(Window window, long from, long to) {
    return new Issue(
        IssueKind.ENTRIES_DELETED,
        from,
        to,
        "no row holds what was recorded there; " + leaves("missing", window, from, to),
        "restore %s from a backup; %s".formatted(Advice.rows(from, to), proof(window, from, to)));
  }

  private static Issue reordered(List<WindowRow> rows, List<Integer> moved, long[] origins) {
    long from = Long.MAX_VALUE;
    long to = 0;
    StringBuilder places = new StringBuilder();
    for (int position : moved) {
      long index = rows.get(position).index();
      from = Math.min(from, Math.min(index, origins[position]));
      to = Math.max(to, Math.max(index, origins[position]));
      if (places.length() < MAX_LIST) {
        places.append(" %d at %d;".formatted(origins[position], index));
      }
    }
    return new Issue(
        IssueKind.ENTRIES_REORDERED,
        from,
        to,
        "entries stand at each other's places:" + places,
        "put each row of ledger.entries back to its place, or restore %s from a backup:%s"
            .formatted(
                Advice.rows(from, to),
                places.toString().replaceAll("(\\d+) at (\\d+)", "entry $1 stands at $2")));
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

  /** Which row of a backup is the right one. */
  private static String proof(Window window, long from, long to) {
    if (from < to) {
      return window.leaf(from).isPresent()
          ? "the tiles of level 0 keep their true leaf hashes, so the right rows can be told"
          : "compare with an inclusion proof or a receipt where one was kept";
    }
    return window
        .leaf(from)
        .map(leaf -> "its true leaf hash is %s".formatted(HexFormat.of().formatHex(leaf)))
        .orElse("its leaf hash is in the receipt of its append, and in any proof that was kept");
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
