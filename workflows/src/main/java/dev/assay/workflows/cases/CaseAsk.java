package dev.assay.workflows.cases;

import dev.assay.model.cases.CaseAction;
import java.util.Optional;

/**
 * What somebody asks of a case: digests and times only; free text is behind a commitment. Which
 * fields an action takes is said with each.
 *
 * @param text commitment of a comment, a reason or an assignee, hex
 * @param until end of a waiver, RFC 3339
 * @param remedy name of a remedy
 * @param document digest of a remedy's document, or of a decision's envelope, hex
 * @param policy digest of a newer policy, hex
 * @param importSet the set with the run to judge
 * @param run digest of the revision there, hex
 */
public record CaseAsk(
    Optional<String> text,
    Optional<String> until,
    Optional<String> remedy,
    Optional<String> document,
    Optional<String> policy,
    Optional<String> importSet,
    Optional<String> run) {

  private static final Optional<String> NONE = Optional.empty();

  /** Of ASSIGN and COMMENT. */
  public static CaseAsk ofText(String commitment) {
    return because(Optional.of(commitment));
  }

  /** Of RELEASE, REJECT and REOPEN. */
  public static CaseAsk because(Optional<String> reason) {
    return new CaseAsk(reason, NONE, NONE, NONE, NONE, NONE, NONE);
  }

  /** Of WAIVE. */
  public static CaseAsk waiver(String until, Optional<String> reason) {
    return new CaseAsk(reason, Optional.of(until), NONE, NONE, NONE, NONE, NONE);
  }

  /** Of REMEDIATE. */
  public static CaseAsk remedy(String remedy, Optional<String> document) {
    return new CaseAsk(NONE, NONE, Optional.of(remedy), document, NONE, NONE, NONE);
  }

  /** Of REVALIDATE. */
  public static CaseAsk revalidation(String importSet, String run, Optional<String> policy) {
    return new CaseAsk(NONE, NONE, NONE, NONE, policy, Optional.of(importSet), Optional.of(run));
  }

  /** Of APPROVE and DECLINE. */
  public static CaseAsk decision(String envelope) {
    return new CaseAsk(NONE, NONE, NONE, Optional.of(envelope), NONE, NONE, NONE);
  }

  /** Whether the fields that an action needs are there. */
  boolean fits(CaseAction action) {
    return switch (action) {
      case ASSIGN, COMMENT -> text.isPresent();
      case REMEDIATE -> remedy.isPresent();
      case REVALIDATE -> importSet.isPresent() && run.isPresent();
      case WAIVE -> until.isPresent();
      case APPROVE, DECLINE -> document.isPresent();
      case RELEASE, REJECT, REOPEN -> true;
      case JUDGE, REMIND, ESCALATE, EXPIRE, END_WAIVER, CHANGE -> false;
    };
  }
}
