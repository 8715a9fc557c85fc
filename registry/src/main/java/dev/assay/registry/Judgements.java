package dev.assay.registry;

import dev.assay.model.verdict.RunVerdict;
import java.util.List;
import java.util.Map;

/** What a validation decided about each run of its plan. */
public interface Judgements {
  /**
   * Records judgements, in transactions of {@link Registry#BATCH}. Safe to repeat; content is the
   * same if verdict and findings digest are, messages don't count.
   *
   * @throws RecordConflictException if an ordinal has another content, naming it
   */
  void save(String workflowId, List<JudgementRow> rows);

  /**
   * Recorded rows with {@code from <= ordinal < to}, in plan order; those that aren't there are
   * left out.
   *
   * @throws IllegalArgumentException beyond {@link Registry#MAX_PAGE} rows
   */
  List<JudgementRow> read(String workflowId, int from, int to);

  /** How many of each verdict; a verdict that doesn't occur is left out. */
  Map<RunVerdict, Integer> counts(String workflowId);
}
