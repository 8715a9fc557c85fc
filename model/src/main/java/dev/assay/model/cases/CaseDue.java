package dev.assay.model.cases;

import dev.assay.model.policy.CasePolicy;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The next thing that time brings to a case.
 *
 * @param at when; may be long past, if nothing ran meanwhile
 * @param action REMIND, ESCALATE, EXPIRE or END_WAIVER
 * @param number of the reminder, from 1; else 0
 */
public record CaseDue(Instant at, CaseAction action, int number) {
  /** What is due at one time happens in this order: nobody is reminded of what has expired. */
  private static final Comparator<CaseDue> ORDER =
      Comparator.comparing(CaseDue::at)
          .thenComparing(due -> due.action() != CaseAction.EXPIRE)
          .thenComparing(CaseDue::action);

  /** What comes next, if anything does. */
  public static Optional<CaseDue> next(CaseFile file, CasePolicy policy) {
    if (file.state() == CaseState.WAIVED) {
      return file.waivedUntil().map(until -> new CaseDue(until, CaseAction.END_WAIVER, 0));
    }
    if (!file.state().undecided()) {
      return Optional.empty();
    }
    CaseDue deadline = new CaseDue(deadline(file, policy), CaseAction.EXPIRE, 0);
    CaseDue reminder = reminder(file, policy);
    Optional<CaseDue> escalation =
        policy
            .escalate()
            .filter(_ -> !file.escalated())
            .map(rule -> new CaseDue(file.since().plus(rule.after()), CaseAction.ESCALATE, 0));
    return Stream.concat(Stream.of(deadline, reminder), escalation.stream()).min(ORDER);
  }

  /** When an undecided case expires. */
  public static Instant deadline(CaseFile file, CasePolicy policy) {
    return file.since().plus(policy.due(file.opened().verdict()));
  }

  /** What comes first to a case that was opened for a verdict. */
  public static Instant first(RunVerdict verdict, Instant opened, CasePolicy policy) {
    return Stream.concat(
            Stream.of(policy.due(verdict), policy.remind()),
            policy.escalate().stream().map(CasePolicy.Escalation::after))
        .map(opened::plus)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static CaseDue reminder(CaseFile file, CasePolicy policy) {
    int number = file.reminders() + 1;
    return new CaseDue(
        file.since().plus(policy.remind().multipliedBy(number)), CaseAction.REMIND, number);
  }

  /** An id for the command that this is: the same, however often it falls due. */
  public String command() {
    return "%s/%s".formatted(action.text(), at);
  }
}
