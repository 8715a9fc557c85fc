package dev.assay.registry;

import java.util.List;

/** Signed results of shards. */
public interface Shards {
  /**
   * Records a shard's result once. Safe to repeat: of equal digests the first signature stays,
   * whoever signed again.
   *
   * @return what is recorded
   * @throws RecordConflictException if the shard has another end or digest
   */
  ShardResult save(String workflowId, ShardResult result);

  /**
   * Results whose first ordinal is at least {@code from}, in plan order.
   *
   * @param limit at most {@link Registry#MAX_PAGE}
   */
  List<ShardResult> read(String workflowId, int from, int limit);
}
