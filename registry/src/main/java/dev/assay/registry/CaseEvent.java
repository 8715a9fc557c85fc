package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;

/**
 * A failure that opened or joined a case.
 *
 * @param outcome the case, and whether this opened it
 * @param workflowId the validation
 * @param runDigest the revision judged
 * @param verdict its verdict
 * @param occurred when
 * @param reason a summary for people
 */
public record CaseEvent(
    CaseOutcome outcome,
    String workflowId,
    Sha256 runDigest,
    RunVerdict verdict,
    Instant occurred,
    String reason) {}
