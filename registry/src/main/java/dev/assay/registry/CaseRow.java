package dev.assay.registry;

import dev.assay.model.cases.CaseState;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A case as lists show it; its entries are what counts.
 *
 * @param id its short name
 * @param ledger where its entries are
 * @param identity which run
 * @param policyName which policy
 * @param workflowId the validation that opened it
 * @param runDigest the revision judged then
 * @param verdict the verdict then
 * @param openedAt when it was opened
 * @param reason a summary for people
 * @param now where it stands
 */
public record CaseRow(
    String id,
    String ledger,
    RunIdentity identity,
    String policyName,
    String workflowId,
    Sha256 runDigest,
    RunVerdict verdict,
    Instant openedAt,
    String reason,
    Standing now) {

  /**
   * Where a case stands after one of its transitions.
   *
   * @param state its state
   * @param ordinal number of the transition
   * @param heldDigest the revision that is held
   * @param deadline when it expires, if it may
   * @param nextDue when time brings the next thing, if it does
   * @param waivedUntil end of its waiver, if it has one
   * @param assignee whom it was given to, as a commitment
   * @param proposed what people have to decide: {@code release} or {@code waive}
   * @param entryIndex index of the transition's entry
   */
  public record Standing(
      CaseState state,
      int ordinal,
      Sha256 heldDigest,
      Optional<Instant> deadline,
      Optional<Instant> nextDue,
      Optional<Instant> waivedUntil,
      Optional<Sha256> assignee,
      Optional<String> proposed,
      long entryIndex) {}
}
