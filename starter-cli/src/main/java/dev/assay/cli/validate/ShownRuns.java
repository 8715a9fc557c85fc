package dev.assay.cli.validate;

import dev.assay.model.verdict.RunVerdict;
import java.util.ArrayList;
import java.util.List;

/**
 * The runs that the table shows: all of a small validation; of a large one those that didn't pass,
 * and not too many of them. The rest isn't kept, so that memory doesn't grow with the set.
 */
final class ShownRuns {
  /** Up to here every run has a row. */
  static final int MAX_ALL = 100;

  static final int MAX_ROWS = 200;

  private final int total;
  private final List<RunResult> shown = new ArrayList<>();

  /**
   * @param total how many runs there are
   */
  ShownRuns(int total) {
    this.total = total;
  }

  /** Takes the next run, in plan order. */
  void add(RunResult run) {
    boolean wanted = all() || run.judgement().verdict() != RunVerdict.PASS;
    if (wanted && shown.size() < MAX_ROWS) {
      shown.add(run);
    }
  }

  boolean all() {
    return total <= MAX_ALL;
  }

  int total() {
    return total;
  }

  List<RunResult> shown() {
    return List.copyOf(shown);
  }
}
