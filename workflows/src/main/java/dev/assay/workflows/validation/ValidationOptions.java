package dev.assay.workflows.validation;

/**
 * How a validation is carried out; the outcome doesn't depend on it.
 *
 * @param parallelism shards in flight at once, 1 to {@value #MAX_PARALLELISM}
 * @param shardSize runs per shard, at least 1
 * @param dryRun judge only: nothing is written to ledger or cases
 * @param searchAttributes whether the engine has Assay's search attributes registered
 */
public record ValidationOptions(
    int parallelism, int shardSize, boolean dryRun, boolean searchAttributes) {
  /** Activities in flight at once that the dev server carries without queueing (~37/s each way). */
  public static final int MAX_PARALLELISM = 100;

  /**
   * Shards that one run of the workflow records before it continues as a new one. A shard costs
   * about 12 events: a history stays below 10,000.
   */
  public static final int SHARDS_PER_RUN = 400;

  public ValidationOptions {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism is 1 to %s shards, got %s".formatted(MAX_PARALLELISM, parallelism));
    }
    if (shardSize < 1) {
      throw new IllegalArgumentException("a shard has at least 1 run, got " + shardSize);
    }
  }

  /** One after the last plan ordinal of the shard that begins with {@code from}. */
  int shardEnd(int from, int runs) {
    return (int) Math.min(runs, (long) from + shardSize);
  }

  /** Where a run of the workflow that begins with {@code from} continues as a new one. */
  int runEnd(int from, int runs) {
    return (int) Math.min(runs, from + (long) SHARDS_PER_RUN * shardSize);
  }

  /** Shards that the runs before {@code ordinal} make. */
  int shards(int ordinal) {
    return (int) (((long) ordinal + shardSize - 1) / shardSize);
  }
}
