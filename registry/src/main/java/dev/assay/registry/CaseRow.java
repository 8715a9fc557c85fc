package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;

/**
 * A case as it was opened.
 *
 * @param id its short name
 * @param identity which run
 * @param policyName which policy
 * @param workflowId the validation that opened it
 * @param runDigest the revision judged then
 * @param verdict the verdict then
 * @param state where it stands
 * @param openedAt when it was opened
 * @param reason a summary for people
 * @param entryIndex index of its latest ledger entry
 */
public record CaseRow(
    String id,
    RunIdentity identity,
    String policyName,
    String workflowId,
    Sha256 runDigest,
    RunVerdict verdict,
    CaseState state,
    Instant openedAt,
    String reason,
    long entryIndex) {}
