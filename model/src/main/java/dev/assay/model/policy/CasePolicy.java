package dev.assay.model.policy;

import dev.assay.model.verdict.RunVerdict;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a case is dealt with.
 *
 * @param dueFail time to decide about a run that failed
 * @param dueIndeterminate time to decide about a run that could not be judged
 * @param remind time between reminders
 * @param escalate whom to tell, and when, if any
 * @param waiverMax longest waiver
 * @param releaseApprovals decisions that a release takes, by role
 * @param waiveApprovals decisions that a waiver takes, by role
 * @param notAuthor whether the run's author may neither approve nor correct its record
 * @param correctionRoles who may correct a record: people of these roles; of any if there are none
 */
public record CasePolicy(
    Duration dueFail,
    Duration dueIndeterminate,
    Duration remind,
    Optional<Escalation> escalate,
    Duration waiverMax,
    SortedMap<String, Integer> releaseApprovals,
    SortedMap<String, Integer> waiveApprovals,
    boolean notAuthor,
    List<String> correctionRoles) {

  /** What holds where a policy is silent. */
  public static final CasePolicy DEFAULT =
      new CasePolicy(
          Duration.ofDays(3),
          Duration.ofDays(7),
          Duration.ofDays(1),
          Optional.empty(),
          Duration.ofDays(30),
          new TreeMap<>(),
          new TreeMap<>(),
          true,
          List.of());

  public CasePolicy {
    releaseApprovals = Collections.unmodifiableSortedMap(new TreeMap<>(releaseApprovals));
    correctionRoles = List.copyOf(correctionRoles);
    waiveApprovals = Collections.unmodifiableSortedMap(new TreeMap<>(waiveApprovals));
  }

  /** Time to decide about a run of this verdict. */
  public Duration due(RunVerdict verdict) {
    return verdict == RunVerdict.FAIL ? dueFail : dueIndeterminate;
  }

  /**
   * Whom to tell of a case that nobody decided.
   *
   * @param after time since the case was opened
   * @param to roles, at least one
   */
  public record Escalation(Duration after, List<String> to) {
    public Escalation {
      to = List.copyOf(to);
    }
  }
}
