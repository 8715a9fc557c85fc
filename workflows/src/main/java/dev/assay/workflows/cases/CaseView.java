package dev.assay.workflows.cases;

import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a case stands, with what its workflow shows and does next.
 *
 * @param state its state
 * @param ordinal number of its latest transition
 * @param due what time brings next
 * @param revalidation the validation that has yet to be carried out
 * @param deadline when it expires, if it may
 * @param facts what its page shows
 */
public record CaseView(
    CaseState state,
    int ordinal,
    Optional<Due> due,
    Optional<String> revalidation,
    Optional<Instant> deadline,
    Facts facts) {

  /**
   * @param at when
   * @param action REMIND, ESCALATE, EXPIRE or END_WAIVER
   * @param number of the reminder, else 0
   */
  public record Due(Instant at, CaseAction action, int number) {}

  /**
   * What doesn't change, and what people read. No free text: histories keep everything.
   *
   * @param run which run
   * @param experiment its experiment
   * @param policy name of the policy
   * @param verdict FAIL or INDETERMINATE
   * @param openedAt when the case was opened
   * @param checks the checks that decided against the run, as {@code stage/check=VERDICT}
   * @param proposed what people have to decide, if anything
   */
  public record Facts(
      String run,
      String experiment,
      String policy,
      String verdict,
      Instant openedAt,
      List<String> checks,
      Optional<String> proposed) {
    public Facts {
      checks = List.copyOf(checks);
    }
  }
}
