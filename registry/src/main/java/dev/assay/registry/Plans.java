package dev.assay.registry;

import dev.assay.model.verdict.PlannedChecks;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Plans: a header and one row a run, written once and never changed. */
public interface Plans {
  /** Largest header, 16 MiB of canonical JSON. */
  int MAX_HEADER_BYTES = 16 << 20;

  /**
   * Writes a plan. If the workflow has it already, only reads {@code rows} to their end.
   *
   * @param checks the policy's
   * @param rows ordinals from 0 without a gap, in {@link PlanOrder}; streamed
   * @param header asked for after the last row, because its digest covers them
   * @return the number of rows
   * @throws RecordConflictException if the workflow has a plan with another digest
   * @throws IllegalArgumentException if the rows are out of order or not as many as the header says
   */
  int write(
      String workflowId, PlannedChecks checks, Iterator<PlanRow> rows, Supplier<PlanHeader> header);

  /**
   * The checks that the plan's runs are judged by.
   *
   * @throws EvidenceDamagedException if there is no plan, or its checks can't be read
   */
  PlannedChecks checks(String workflowId);

  /** The plan's header, digest and size. */
  Optional<PlanHeader> header(String workflowId);

  /** Number of rows; 0 if there is no plan. */
  int count(String workflowId);

  /**
   * Rows with {@code from <= ordinal < to}, in order.
   *
   * @throws EvidenceDamagedException if one of them is missing
   * @throws IllegalArgumentException beyond {@link Registry#MAX_PAGE} rows
   */
  List<PlanRow> shard(String workflowId, int from, int to);

  /** The row of a revision; reads the whole plan. */
  Optional<PlanRow> find(String workflowId, RevisionKey revision);
}
