package dev.assay.workflows.validation;

/**
 * How a validation is carried out; the outcome doesn't depend on it.
 *
 * @param parallelism shards in flight at once, 1 to {@value #MAX_PARALLELISM}
 * @param shardSize runs per shard, at least 1; raised if there would be more than {@value
 *     #MAX_SHARDS} shards
 * @param dryRun judge only: nothing is written to ledger or cases
 * @param searchAttributes whether the engine has Assay's search attributes registered
 */
public record ValidationOptions(
    int parallelism, int shardSize, boolean dryRun, boolean searchAttributes) {
  /** Activities in flight at once that the dev server carries without queueing (~37/s each way). */
  public static final int MAX_PARALLELISM = 100;

  /** Keeps a history below 10,000 events: a shard costs about 12. */
  public static final int MAX_SHARDS = 800;

  public ValidationOptions {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism is 1 to %s shards, got %s".formatted(MAX_PARALLELISM, parallelism));
    }
    if (shardSize < 1) {
      throw new IllegalArgumentException("a shard has at least 1 run, got " + shardSize);
    }
  }

  /** The shard size to use for a set of {@code runs}. */
  public int effectiveShardSize(int runs) {
    return Math.max(shardSize, (runs + MAX_SHARDS - 1) / MAX_SHARDS);
  }
}
