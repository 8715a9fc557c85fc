package dev.assay.activities.verify;

import dev.assay.activities.verify.CaseApprovals.Missing;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseDue;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseEvent.Assigned;
import dev.assay.model.cases.CaseEvent.Changed;
import dev.assay.model.cases.CaseEvent.Commented;
import dev.assay.model.cases.CaseEvent.Decided;
import dev.assay.model.cases.CaseEvent.Escalated;
import dev.assay.model.cases.CaseEvent.Expired;
import dev.assay.model.cases.CaseEvent.Judged;
import dev.assay.model.cases.CaseEvent.Proposed;
import dev.assay.model.cases.CaseEvent.Rejected;
import dev.assay.model.cases.CaseEvent.Released;
import dev.assay.model.cases.CaseEvent.Remediating;
import dev.assay.model.cases.CaseEvent.Reminded;
import dev.assay.model.cases.CaseEvent.Reopened;
import dev.assay.model.cases.CaseEvent.Revalidating;
import dev.assay.model.cases.CaseEvent.Waived;
import dev.assay.model.cases.CaseEvent.WaiverEnded;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseRules;
import dev.assay.model.cases.CaseRuling;
import dev.assay.model.cases.CaseRuling.Allowed;
import dev.assay.model.cases.CaseRuling.Refused;
import dev.assay.model.cases.Wish;
import dev.assay.model.policy.CasePolicy;
import java.util.Optional;

/** Whether a case's next step was allowed: by the rules, by verdicts on record, by people. */
final class CaseSteps {
  private final CaseEvidence evidence;
  private final CaseFindings findings;
  private final CasePolicy policy;
  private final CaseApprovals approvals;

  /**
   * @param policy the one that opened the case
   */
  CaseSteps(CaseEvidence evidence, CaseFindings findings, CasePolicy policy) {
    this.evidence = evidence;
    this.findings = findings;
    this.policy = policy;
    this.approvals = new CaseApprovals(evidence, policy);
  }

  /**
   * Tells what is wrong with a step that the case could have taken.
   *
   * @throws dev.assay.model.cases.CaseRecordException if a verdict that it rests on isn't there
   */
  void check(CaseFile before, CaseEvent event, StoredEntry entry) {
    switch (event) {
      case Released(var reason) -> granted(before, new Wish.Release(reason), entry);
      case Waived(var until, var reason) -> granted(before, new Wish.Waiver(until, reason), entry);
      case Decided decided -> decided(before, decided, entry);
      case Judged judged -> {
        evidence.verdicts().requireJudged(before, judged, entry);
        require(before, new CaseCommand.Judge(judged.workflowId(), judged.verdict()), event, entry);
      }
      case Remediating(var remedy) -> {
        signed(approvals.correction(before, remedy, entry), entry);
        require(before, new CaseCommand.Remediate(remedy), event, entry);
      }
      case Assigned(var to) -> require(before, new CaseCommand.Assign(to), event, entry);
      case Commented(var text) -> require(before, new CaseCommand.Comment(text), event, entry);
      case Revalidating(_, var set, var run, var by) ->
          require(before, new CaseCommand.Revalidate(set, run, Optional.of(by)), event, entry);
      case Proposed proposed -> require(before, new CaseCommand.Let(proposed.wish()), event, entry);
      case Rejected(var reason) -> require(before, new CaseCommand.Reject(reason), event, entry);
      case Reopened(var reason) -> require(before, new CaseCommand.Reopen(reason), event, entry);
      case Changed(var digest, var workflowId) ->
          require(before, new CaseCommand.Change(digest, true, workflowId), event, entry);
      case Reminded _, Escalated _, Expired _, WaiverEnded _ -> fallen(before, event, entry);
    }
  }

  private void decided(CaseFile before, Decided decided, StoredEntry entry) {
    if (before.pending().filter(now -> now.ordinal() == decided.ordinal()).isPresent()) {
      signed(approvals.decision(before, decided, entry, findings), entry);
    } // else it can't be folded
  }

  private void signed(Optional<String> trouble, StoredEntry entry) {
    trouble.ifPresent(why -> findings.issue(IssueKind.DECISION_UNSUPPORTED, entry, why));
  }

  /** What was let through: proposed and approved, or allowed by a policy that asks nobody. */
  private void granted(CaseFile before, Wish wish, StoredEntry entry) {
    Missing missing = approvals.missing(before, wish);
    if (missing.nobody()) {
      if (!missing.proposed()) {
        require(before, new CaseCommand.Let(wish), wish.granted(), entry);
      }
      return;
    }
    findings.issue(
        IssueKind.DECISION_UNSUPPORTED,
        entry,
        "a %s of case %s took effect without the approvals that its policy takes: missing are %s"
            .formatted(wish.action().text(), before.opened().caseId(), missing.text()));
  }

  private void fallen(CaseFile before, CaseEvent event, StoredEntry entry) {
    Optional<CaseDue> due = CaseDue.next(before, policy);
    if (due.isEmpty()) {
      impossible(before, "nothing was due", entry);
    } else {
      require(before, new CaseCommand.Fall(due.get()), event, entry);
    }
  }

  private void require(CaseFile before, CaseCommand command, CaseEvent event, StoredEntry entry) {
    CaseRuling ruling = new CaseRules(before, policy, entry.occurred()).rule(command);
    switch (ruling) {
      case Refused refused -> impossible(before, refused.text(), entry);
      case Allowed(CaseEvent allowed) -> {
        if (!allowed.equals(event)) {
          impossible(
              before,
              "its policy and what was before give %s, not %s".formatted(allowed, event),
              entry);
        }
      }
    }
  }

  private void impossible(CaseFile before, String why, StoredEntry entry) {
    findings.issue(
        IssueKind.CASE_IMPOSSIBLE,
        entry,
        "case %s, transition %d, %s: %s"
            .formatted(before.opened().caseId(), before.ordinal() + 1, entry.kind(), why));
  }
}
