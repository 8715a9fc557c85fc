package dev.assay.model.plan;

import dev.assay.model.digest.Sha256;

/**
 * What a worker signs when it has judged a shard.
 *
 * @param workflowId the validation
 * @param planDigest its plan
 * @param from first plan ordinal
 * @param to one after the last plan ordinal
 * @param findingsRoot {@link OutcomeRoot#ofShard} over the shard's runs
 */
public record ShardStatement(
    String workflowId, Sha256 planDigest, int from, int to, Sha256 findingsRoot)
    implements SignedStatement {
  /** Keeps a signature made here from meaning anything elsewhere. */
  private static final String DOMAIN = "assay/shard-result/v1";

  public ShardStatement {
    if (workflowId.chars().anyMatch(c -> c < 0x20)) {
      throw new IllegalArgumentException("a workflow id has no control characters");
    }
  }

  /** Six lines, domain first. */
  @Override
  public String text() {
    return "%s\n%s\n%s\n%s\n%s\n%s\n"
        .formatted(
            DOMAIN,
            workflowId,
            planDigest.hex(),
            Integer.toString(from),
            Integer.toString(to),
            findingsRoot.hex());
  }
}
