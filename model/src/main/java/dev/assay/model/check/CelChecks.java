package dev.assay.model.check;

import dev.assay.model.cel.Answer;
import dev.assay.model.policy.Check.CelCheck;
import dev.assay.model.run.Run;

/** Checks that are rules of the policy's own. */
final class CelChecks {
  private CelChecks() {}

  static Outcome cel(CelCheck check, Run run) {
    return switch (check.expression().evaluate(run)) {
      case Answer.Decided(boolean holds) ->
          holds
              ? Outcome.pass("true", "the rule holds")
              : Outcome.fail(
                  "false",
                  check
                      .message()
                      .orElse("the rule doesn't hold: %s".formatted(check.expression())));
      case Answer.Undecided(String why) ->
          Outcome.indeterminate(why, "the rule could not be evaluated: " + why);
    };
  }
}
