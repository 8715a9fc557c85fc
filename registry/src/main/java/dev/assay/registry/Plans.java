package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Plans: a header and one row a run, written once and never changed. */
public interface Plans {
  /** Largest header, 16 MiB of canonical JSON. */
  int MAX_HEADER_BYTES = 16 << 20;

  /**
   * Writes a plan whose digest is known. If a plan with this digest is there, does nothing and
   * leaves {@code rows} unread.
   *
   * @param rows ordinals from 0 without a gap, in {@link PlanOrder}; streamed
   * @return the number of rows
   * @throws RecordConflictException if the workflow has a plan with another digest
   * @throws IllegalArgumentException if the rows are out of order
   */
  int write(String workflowId, Sha256 planDigest, JsonObject header, Iterator<PlanRow> rows);

  /**
   * As above, for a digest that is computed while the rows go by: it is asked for after the last
   * one. The rows are read even if the plan is there.
   */
  int write(
      String workflowId, Supplier<Sha256> planDigest, JsonObject header, Iterator<PlanRow> rows);

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
}
