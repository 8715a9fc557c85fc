package dev.assay.workflows.validation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Ends a validation in the ledger. */
@ActivityInterface
public interface SealingActivities {
  /**
   * Computes the outcome root from the registry's rows and appends {@code validation.sealed}. Safe
   * to repeat.
   */
  @ActivityMethod(name = "SealValidation")
  ValidationOutcome seal(SealRequest request);

  /** Appends {@code validation.abandoned} with the reason. Safe to repeat. */
  @ActivityMethod(name = "AbandonValidation")
  void abandon(AbandonRequest request);

  /**
   * A validation whose shards are all recorded.
   *
   * @param validation what was asked
   * @param planDigest hex digest of its plan
   * @param counts runs by verdict, as recorded
   * @param firstIndex lowest ledger index so far, -1 for a dry run
   * @param lastIndex highest ledger index so far, -1 for a dry run
   */
  record SealRequest(
      ValidationRequest validation,
      String planDigest,
      VerdictCounts counts,
      long firstIndex,
      long lastIndex) {}

  /**
   * A validation that ends without a seal.
   *
   * @param validation what was asked
   * @param reason for people; never personal data
   */
  record AbandonRequest(ValidationRequest validation, String reason) {}
}
