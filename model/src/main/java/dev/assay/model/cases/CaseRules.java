package dev.assay.model.cases;

import dev.assay.model.cases.CaseCommand.Assign;
import dev.assay.model.cases.CaseCommand.Change;
import dev.assay.model.cases.CaseCommand.Comment;
import dev.assay.model.cases.CaseCommand.Decide;
import dev.assay.model.cases.CaseCommand.Fall;
import dev.assay.model.cases.CaseCommand.Grant;
import dev.assay.model.cases.CaseCommand.Judge;
import dev.assay.model.cases.CaseCommand.Let;
import dev.assay.model.cases.CaseCommand.Reject;
import dev.assay.model.cases.CaseCommand.Remediate;
import dev.assay.model.cases.CaseCommand.Reopen;
import dev.assay.model.cases.CaseCommand.Revalidate;
import dev.assay.model.cases.CaseEvent.Decided;
import dev.assay.model.cases.CaseEvent.Proposed;
import dev.assay.model.cases.CaseRuling.Allowed;
import dev.assay.model.cases.CaseRuling.Refused;
import dev.assay.model.cases.CaseRuling.Why;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.CasePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What may be done to a case, and what comes of it: a pure function of the case and its policy. */
public final class CaseRules {
  /** Transitions that a case may have: it is read whole whenever something is done to it. */
  public static final int MAX_TRANSITIONS = 2_000;

  /** Those that are left for judgements, decisions and time. */
  private static final int KEPT_BACK = 100;

  private final CaseFile file;
  private final CasePolicy policy;
  private final Instant now;

  /**
   * @param policy how its policy has cases dealt with
   * @param now to the microsecond, as entries have times
   */
  public CaseRules(CaseFile file, CasePolicy policy, Instant now) {
    this.file = file;
    this.policy = policy;
    this.now = now;
  }

  /** Whether it may be done. */
  public CaseRuling rule(CaseCommand command) {
    if (CaseTable.leadsTo(file.state(), command.action()).isEmpty()) {
      return new Refused(
          Why.STATE,
          "%s is %s; it can't be %s. Possible: %s"
              .formatted(file.opened().caseId(), file.state(), done(command.action()), possible()));
    }
    if (almostFull(file) && isFree(command)) {
      return new Refused(
          Why.FULL,
          "%s has %d transitions; the last %d of the %d that a case may have are for release, waive, reject and decisions"
              .formatted(file.opened().caseId(), file.ordinal(), KEPT_BACK, MAX_TRANSITIONS));
    }
    return switch (command) {
      case Assign(Sha256 to) -> new Allowed(new CaseEvent.Assigned(to));
      case Comment(Sha256 text) -> new Allowed(new CaseEvent.Commented(text));
      case Remediate(Remedy remedy) -> new Allowed(new CaseEvent.Remediating(remedy));
      case Revalidate revalidate -> revalidate(revalidate);
      case Judge judge -> judge(judge);
      case Let(Wish wish) -> let(wish);
      case Reject(Optional<Sha256> reason) -> new Allowed(new CaseEvent.Rejected(reason));
      case Reopen(Optional<Sha256> reason) -> new Allowed(new CaseEvent.Reopened(reason));
      case Decide(Decided decided) -> decide(decided);
      case Grant() -> grant();
      case Fall(CaseDue due) -> fall(due);
      case Change(Sha256 digest, boolean artifacts, String workflowId) ->
          digest.equals(file.runDigest()) && !artifacts
              ? new Refused(Why.NO_CHANGE, "the run is what the case holds")
              : new Allowed(new CaseEvent.Changed(digest, workflowId));
    };
  }

  /** Whether only what ends a case is left. */
  static boolean almostFull(CaseFile file) {
    return file.ordinal() >= MAX_TRANSITIONS - KEPT_BACK;
  }

  /** What people can do again and again. */
  private static boolean isFree(CaseCommand command) {
    return switch (command) {
      case Assign _, Comment _, Remediate _, Revalidate _, Reopen _ -> true;
      case Judge _, Let _, Reject _, Decide _, Grant _, Fall _, Change _ -> false;
    };
  }

  /** The validation's id follows from the transition, so a repeated request asks for the same. */
  private CaseRuling revalidate(Revalidate wanted) {
    return new Allowed(
        new CaseEvent.Revalidating(
            "validate/%s-%d#1".formatted(file.opened().caseId(), file.ordinal() + 1),
            wanted.importSet(),
            wanted.runDigest(),
            wanted.policyDigest().orElse(file.policyDigest())));
  }

  private CaseRuling judge(Judge judge) {
    return file.unjudged()
            .filter(asked -> asked.workflowId().equals(judge.workflowId()))
            .isPresent()
        ? new Allowed(new CaseEvent.Judged(judge.workflowId(), judge.verdict()))
        : new Refused(Why.NOTHING_PENDING, judge.workflowId() + " isn't waited for");
  }

  private CaseRuling let(Wish wish) {
    Optional<Refused> wrong =
        switch (wish) {
          case Wish.Release _ -> notPassed();
          case Wish.Waiver(Instant until, var _) -> wrongTime(until);
        };
    if (wrong.isPresent()) {
      return wrong.get();
    }
    SortedMap<String, Integer> required = required(wish);
    if (required.isEmpty()) {
      return new Allowed(wish.granted());
    }
    if (file.pending().isPresent()) {
      return new Refused(
          Why.ALREADY_PENDING,
          "a %s is proposed already; approve or decline it"
              .formatted(file.pending().get().proposed().wish().action().text()));
    }
    return new Allowed(
        new Proposed(wish, file.runDigest(), CaseDue.deadline(file, policy), required));
  }

  /** What the policy demands for a wish. */
  private SortedMap<String, Integer> required(Wish wish) {
    return switch (wish) {
      case Wish.Release _ -> policy.releaseApprovals();
      case Wish.Waiver _ -> policy.waiveApprovals();
    };
  }

  private Optional<Refused> notPassed() {
    return file.passedAgain()
        ? Optional.empty()
        : Optional.of(
            new Refused(
                Why.NOT_PASSED,
                "%s waits for a judgement that the run passes: %s"
                    .formatted(
                        file.opened().caseId(),
                        file.unjudged()
                            .map(asked -> asked.workflowId() + " is under way")
                            .orElse("'quarantine remediate' asks for one"))));
  }

  private Optional<Refused> wrongTime(Instant until) {
    Duration longest = policy.waiverMax();
    if (until.isAfter(now) && !until.isAfter(now.plus(longest))) {
      return Optional.empty();
    }
    return Optional.of(
        new Refused(
            Why.WAIVER_TIME,
            "a waiver until %s; the policy allows any time from now, %s, until %s"
                .formatted(until, now, now.plus(longest))));
  }

  private CaseRuling decide(Decided decided) {
    return file.pending().filter(wish -> wish.ordinal() == decided.ordinal()).isPresent()
        ? new Allowed(decided)
        : new Refused(
            Why.NOTHING_PENDING,
            "proposal %d of %s isn't pending".formatted(decided.ordinal(), file.opened().caseId()));
  }

  private CaseRuling grant() {
    return file.pending()
        .<CaseRuling>map(wish -> new Allowed(wish.proposed().wish().granted()))
        .orElseGet(() -> new Refused(Why.NOTHING_PENDING, "nothing is proposed"));
  }

  /** Only what is next, and only when it is: two clocks that differ don't skip anything. */
  private CaseRuling fall(CaseDue due) {
    if (now.isBefore(due.at()) || !CaseDue.next(file, policy).equals(Optional.of(due))) {
      return new Refused(Why.NOT_DUE, "%s isn't what is due".formatted(due.command()));
    }
    return new Allowed(
        switch (due.action()) {
          case REMIND -> new CaseEvent.Reminded(due.number());
          case ESCALATE ->
              new CaseEvent.Escalated(policy.escalate().map(rule -> rule.to()).orElseThrow());
          case EXPIRE -> new CaseEvent.Expired(due.at());
          case END_WAIVER -> new CaseEvent.WaiverEnded(due.at());
          default -> throw new IllegalArgumentException(due.action() + " isn't brought by time");
        });
  }

  private String possible() {
    return PossibleActions.of(file, policy).stream()
        .map(CaseAction::command)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String done(CaseAction action) {
    return switch (action) {
      case ASSIGN -> "assigned";
      case COMMENT -> "commented";
      case REMEDIATE -> "remedied";
      case REVALIDATE -> "judged again";
      case RELEASE -> "released";
      case WAIVE -> "waived";
      case REJECT -> "rejected";
      case REOPEN -> "reopened";
      case APPROVE -> "approved";
      case DECLINE -> "declined";
      case JUDGE, REMIND, ESCALATE, EXPIRE, END_WAIVER, CHANGE -> "changed by " + action.text();
    };
  }
}
