package dev.assay.registry;

import dev.assay.model.cases.CaseState;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that goes to quarantine.
 *
 * @param ledger where its entry goes
 * @param identity which run
 * @param policyName the policy that it didn't pass
 * @param workflowId the validation that found it
 * @param runDigest the revision judged
 * @param verdict FAIL or INDETERMINATE
 * @param openedAt when, to the microsecond
 * @param state OPEN joins the run's open case of this policy if there is one; REJECTED never joins
 * @param deadline when it expires, if it may
 * @param nextDue when time brings the first thing, if it does
 * @param reason a summary for people, cut to {@link Storable#MAX_TEXT} characters
 * @param entryIndex index of the ledger entry that says so
 */
public record NewCase(
    String ledger,
    RunIdentity identity,
    String policyName,
    String workflowId,
    Sha256 runDigest,
    RunVerdict verdict,
    Instant openedAt,
    CaseState state,
    Optional<Instant> deadline,
    Optional<Instant> nextDue,
    String reason,
    long entryIndex) {
  public NewCase {
    Storable.check(identity);
    Storable.check("a policy's name", policyName);
    if (!verdict.opensCase()) {
      throw new IllegalArgumentException(
          "%s opens no case; only FAIL and INDETERMINATE do".formatted(verdict));
    }
    reason = Storable.lossy(reason);
  }

  /** The id of the case that this opens if it joins none: the same whenever it is asked for. */
  public String caseId() {
    return CaseIds.caseId(failure());
  }

  Sha256 failure() {
    return CaseIds.failure(identity, policyName, workflowId);
  }

  Sha256 subject() {
    return CaseIds.subject(identity, policyName);
  }
}
