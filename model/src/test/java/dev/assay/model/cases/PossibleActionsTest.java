package dev.assay.model.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.cases.CaseRuling.Allowed;
import dev.assay.model.cases.CaseRuling.Refused;
import dev.assay.model.policy.CasePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PossibleActionsTest {
  /** Some way to ask for each that is offered is allowed, and none for those that aren't. */
  @Test
  void of_everyCase_isWhatTheRulesAllow() {
    for (CasePolicy policy : List.of(SampleCases.FREE, SampleCases.WITH_APPROVALS)) {
      for (CaseFile file : files()) {
        List<CaseAction> allowed =
            SampleCases.commands(file, policy).stream()
                .filter(
                    command ->
                        new CaseRules(file, policy, SampleCases.NOW).rule(command)
                            instanceof Allowed)
                .map(CaseCommand::action)
                .filter(CaseAction::byPeople)
                .distinct()
                .sorted()
                .toList();
        assertThat(PossibleActions.of(file, policy))
            .as("%s, proposed: %s", file.state(), file.pending().isPresent())
            .containsExactlyElementsOf(allowed);
      }
    }
  }

  private static List<CaseFile> files() {
    List<CaseFile> files = new ArrayList<>();
    for (CaseState state : CaseState.values()) {
      files.add(SampleCases.in(state));
    }
    files.add(SampleCases.passed());
    files.add(proposed(SampleCases.in(CaseState.TRIAGED), waiver()));
    files.add(proposed(SampleCases.passed(), waiver()));
    files.add(proposed(SampleCases.passed(), new Wish.Release(Optional.empty())));
    return files;
  }

  private static Wish waiver() {
    return new Wish.Waiver(SampleCases.UNTIL, Optional.empty());
  }

  private static CaseFile proposed(CaseFile file, Wish wish) {
    CaseEvent event =
        ((Allowed)
                new CaseRules(file, SampleCases.WITH_APPROVALS, SampleCases.NOW)
                    .rule(new CaseCommand.Let(wish)))
            .event();
    return CaseFold.of(file).add(event, "propose", SampleCases.NOW).file();
  }

  @Test
  void refusal_namesWhatCanBeTyped() {
    CaseRuling ruling =
        new CaseRules(SampleCases.in(CaseState.OPEN), SampleCases.WITH_APPROVALS, SampleCases.NOW)
            .rule(new CaseCommand.Reopen(Optional.empty()));
    assertThat(ruling)
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.text())
                    .endsWith("Possible: assign, comment, remediate, waive, reject"));
  }
}
