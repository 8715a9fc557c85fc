package dev.assay.model.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.cases.CaseRuling.Allowed;
import dev.assay.model.cases.CaseRuling.Refused;
import dev.assay.model.cases.CaseRuling.Why;
import dev.assay.model.policy.CasePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaseRulesTest {
  private static final Instant LATER = SampleCases.OPENED.plus(Duration.ofDays(365));

  private static CaseRuling rule(CaseFile file, CasePolicy policy, CaseCommand command) {
    return new CaseRules(file, policy, SampleCases.NOW).rule(command);
  }

  /** Every state, every command, with approvals and without. */
  static Stream<CaseFile> files() {
    return Stream.concat(
        Stream.of(CaseState.values()).map(SampleCases::in), Stream.of(SampleCases.passed()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void rule_everyCommand_isWhatTheTableSays(CaseFile file) {
    for (CasePolicy policy : List.of(SampleCases.FREE, SampleCases.WITH_APPROVALS)) {
      for (CaseCommand command : SampleCases.commands(file, policy)) {
        switch (new CaseRules(file, policy, LATER).rule(command)) {
          case Refused(Why why, String text) -> {
            boolean possible = !CaseTable.leadsTo(file.state(), command.action()).isEmpty();
            assertThat(why == Why.STATE).as("%s: %s", command, text).isNotEqualTo(possible);
          }
          case Allowed(CaseEvent event) ->
              assertThat(CaseTable.leadsTo(file.state(), command.action()))
                  .as("%s in %s", command, file.state())
                  .contains(CaseFold.of(file).add(event, "next", LATER).file().state());
        }
      }
    }
  }

  @Test
  void rule_almostFullCase_takesWhatEndsItAlone() {
    CaseFile file = SampleCases.in(CaseState.TRIAGED);
    CaseFold fold = CaseFold.of(file);
    CaseCommand comment = new CaseCommand.Comment(SampleCases.HELD);
    while (fold.file().ordinal() < CaseRules.MAX_TRANSITIONS - 100) {
      assertThat(rule(fold.file(), SampleCases.FREE, comment)).isInstanceOf(Allowed.class);
      fold.add(
          new CaseEvent.Commented(SampleCases.HELD),
          "comment-" + fold.file().ordinal(),
          SampleCases.NOW);
    }
    assertThat(rule(fold.file(), SampleCases.FREE, comment))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.why()).isEqualTo(Why.FULL);
              assertThat(refused.text()).contains("1900 transitions");
            });
    assertThat(rule(fold.file(), SampleCases.FREE, new CaseCommand.Reject(Optional.empty())))
        .isInstanceOf(Allowed.class);
  }

  @ParameterizedTest
  @EnumSource(CaseState.class)
  void fold_everyEventThatTheTableForbids_isNoCase(CaseState state) {
    CaseFile file = SampleCases.in(state);
    for (CaseEvent event : events()) {
      CaseState from = state;
      boolean possible =
          Stream.of(CaseAction.values())
              .anyMatch(
                  action ->
                      !CaseTable.leadsTo(from, action).isEmpty() && SampleEvents.is(event, action));
      if (!possible) {
        assertThatThrownBy(() -> CaseFold.of(file).add(event, "x", SampleCases.NOW))
            .as("%s in %s", event, state)
            .isInstanceOf(CaseRecordException.class);
      }
    }
  }

  private static List<CaseEvent> events() {
    return List.of(
        new CaseEvent.Assigned(SampleCases.HELD),
        new CaseEvent.Remediating(new Remedy(Remedy.Kind.EXCLUDE, Optional.empty())),
        SampleCases.asked(9),
        SampleCases.passed(9),
        SampleCases.decided(9, true),
        new CaseEvent.Released(Optional.empty()),
        new CaseEvent.Waived(SampleCases.UNTIL, Optional.empty()),
        new CaseEvent.Rejected(Optional.empty()),
        new CaseEvent.Reopened(Optional.empty()),
        new CaseEvent.Reminded(1),
        new CaseEvent.Escalated(List.of("risk")),
        new CaseEvent.Expired(SampleCases.NOW),
        new CaseEvent.WaiverEnded(SampleCases.UNTIL));
  }

  @Test
  void rule_release_needsAPassOfTheRunAsItIs() {
    CaseCommand release = new CaseCommand.Let(new Wish.Release(Optional.empty()));
    CaseFile asked = SampleCases.in(CaseState.REVALIDATING);
    assertThat(rule(asked, SampleCases.FREE, release))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.why()).isEqualTo(Why.NOT_PASSED));
    assertThat(rule(SampleCases.passed(), SampleCases.FREE, release))
        .isEqualTo(new Allowed(new CaseEvent.Released(Optional.empty())));
    CaseFile changed =
        SampleCases.after(
            SampleCases.asked(1),
            SampleCases.passed(1),
            new CaseEvent.Changed(SampleCases.OTHER, "validate/b#1"));
    assertThat(changed.state()).isEqualTo(CaseState.TRIAGED);
  }

  @Test
  void rule_reimportThatIsBeingJudged_staysWhatItIs() {
    CaseFile file =
        SampleCases.after(
            new CaseEvent.Revalidating(
                "validate/c-0123456789ab-1#1",
                SampleCases.SET,
                SampleCases.OTHER,
                SampleCases.digest("policy")),
            new CaseEvent.Changed(SampleCases.OTHER, "validate/c-0123456789ab-1#1"));
    assertThat(file.state()).isEqualTo(CaseState.REVALIDATING);
    CaseFile passed = CaseFold.of(file).add(SampleCases.passed(1), "judge", SampleCases.NOW).file();
    assertThat(passed.passedAgain()).isTrue();
  }

  @Test
  void rule_releaseWithApprovals_isOnlyProposed() {
    CaseCommand release = new CaseCommand.Let(new Wish.Release(Optional.empty()));
    CaseFile file = SampleCases.passed();
    CaseRuling ruling = rule(file, SampleCases.WITH_APPROVALS, release);
    assertThat(ruling)
        .isInstanceOfSatisfying(
            Allowed.class,
            allowed -> assertThat(allowed.event()).isInstanceOf(CaseEvent.Proposed.class));
    CaseFile proposed =
        CaseFold.of(file).add(((Allowed) ruling).event(), "propose", SampleCases.NOW).file();
    assertThat(proposed.state()).isEqualTo(CaseState.REVALIDATING);
    assertThat(rule(proposed, SampleCases.WITH_APPROVALS, release))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.why()).isEqualTo(Why.ALREADY_PENDING));
    CaseFile declined =
        CaseFold.of(proposed)
            .add(SampleCases.decided(proposed.ordinal(), false), "decline", SampleCases.NOW)
            .file();
    assertThat(declined.pending()).isEmpty();
  }

  @Test
  void rule_waiverOutsideOfWhatThePolicyAllows_isRefused() {
    CaseFile file = SampleCases.in(CaseState.OPEN);
    for (Instant until :
        List.of(
            SampleCases.NOW,
            SampleCases.NOW.minusSeconds(1),
            SampleCases.NOW.plus(Duration.ofDays(30)).plusMillis(1))) {
      assertThat(
              rule(
                  file,
                  SampleCases.FREE,
                  new CaseCommand.Let(new Wish.Waiver(until, Optional.empty()))))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.why()).isEqualTo(Why.WAIVER_TIME));
    }
  }

  @Test
  void due_overAWholeCase_comesInOrderAndEnds() {
    CaseFold fold = SampleCases.fresh();
    StringBuilder what = new StringBuilder();
    Optional<CaseDue> due = CaseDue.next(fold.file(), SampleCases.WITH_APPROVALS);
    while (due.isPresent()) {
      CaseRuling ruling =
          new CaseRules(fold.file(), SampleCases.WITH_APPROVALS, due.get().at())
              .rule(new CaseCommand.Fall(due.get()));
      what.append(due.get().action().text()).append(' ');
      fold.add(((Allowed) ruling).event(), due.get().command(), due.get().at());
      due = CaseDue.next(fold.file(), SampleCases.WITH_APPROVALS);
    }
    // after 1 day, after 2 (whom it is escalated to is reminded, too), after 3
    assertThat(what).hasToString("remind remind escalate expire ");
    assertThat(fold.file().state()).isEqualTo(CaseState.EXPIRED);
  }

  @Test
  void fall_beforeItsTime_isRefused() {
    CaseFile file = SampleCases.in(CaseState.OPEN);
    CaseDue due = CaseDue.next(file, SampleCases.FREE).orElseThrow();
    assertThat(
            new CaseRules(file, SampleCases.FREE, due.at().minusMillis(1))
                .rule(new CaseCommand.Fall(due)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.why()).isEqualTo(Why.NOT_DUE));
  }

  /** Whatever is done in whatever order, entries fold to what they were made from. */
  @Test
  void entries_ofRandomCases_foldToTheSameCase() {
    Random random = new Random(20_261_123);
    for (int walk = 0; walk < 300; walk++) {
      CasePolicy policy = walk % 2 == 0 ? SampleCases.FREE : SampleCases.WITH_APPROVALS;
      CaseFold made = SampleCases.fresh();
      CaseFold read = SampleCases.fresh();
      Instant now = SampleCases.NOW;
      for (int step = 0; step < 40; step++) {
        List<CaseCommand> commands = SampleCases.commands(made.file(), policy);
        CaseCommand command = commands.get(random.nextInt(commands.size()));
        if (new CaseRules(made.file(), policy, now).rule(command)
            instanceof Allowed(CaseEvent event)) {
          String id = walk + "/" + step;
          CaseEntry entry = CaseCodec.write(event, id);
          made.add(event, id, now);
          read.add(CaseEntryReader.event(entry), CaseEntryReader.command(entry), now);
          assertThat(read.file()).isEqualTo(made.file());
        }
        now = now.plus(Duration.ofHours(random.nextInt(20)));
      }
    }
  }
}
