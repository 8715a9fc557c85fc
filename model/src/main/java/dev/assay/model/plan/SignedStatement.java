package dev.assay.model.plan;

/** What a worker signs about a shard, so that who only reaches the engine can't say it. */
public sealed interface SignedStatement permits ObservationStatement, ShardStatement {
  /** The validation. */
  String workflowId();

  /** First plan ordinal. */
  int from();

  /** One after the last plan ordinal. */
  int to();

  /** The text of the signed note; its first line is for this kind of statement alone. */
  String text();
}
