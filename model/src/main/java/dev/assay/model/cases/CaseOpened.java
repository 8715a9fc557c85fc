package dev.assay.model.cases;

import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;

/**
 * How a case began: its entry {@code case/<id>/opened}.
 *
 * @param caseId its id
 * @param run the run's identity, as entries name it
 * @param runDigest the revision that was judged
 * @param policyName the policy it didn't pass
 * @param policyDigest that policy's digest
 * @param workflowId the validation that found it
 * @param verdict FAIL or INDETERMINATE
 * @param state OPEN, or REJECTED by a policy that rejects at once
 * @param at when
 */
public record CaseOpened(
    String caseId,
    String run,
    Sha256 runDigest,
    String policyName,
    Sha256 policyDigest,
    String workflowId,
    RunVerdict verdict,
    CaseState state,
    Instant at) {}
