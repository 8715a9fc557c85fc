package dev.assay.workflows.validation;

import dev.assay.workflows.checkpoint.SignedCheckpoint;
import java.util.Objects;
import java.util.Optional;

/**
 * How a validation ended.
 *
 * @param planDigest hex digest of the plan
 * @param outcomeRoot hex Merkle root over the plan digest and each run's findings digest
 * @param counts runs by verdict
 * @param firstIndex lowest ledger index of its entries, -1 for a dry run
 * @param lastIndex index of its seal, -1 for a dry run
 * @param checkpoint the signed end of the ledger after it, empty for a dry run
 */
public record ValidationOutcome(
    String planDigest,
    String outcomeRoot,
    VerdictCounts counts,
    long firstIndex,
    long lastIndex,
    Optional<SignedCheckpoint> checkpoint) {
  public ValidationOutcome {
    Objects.requireNonNull(planDigest, "planDigest");
    Objects.requireNonNull(outcomeRoot, "outcomeRoot");
    Objects.requireNonNull(counts, "counts");
  }

  ValidationOutcome signed(SignedCheckpoint end) {
    return new ValidationOutcome(
        planDigest, outcomeRoot, counts, firstIndex, lastIndex, Optional.of(end));
  }
}
