package dev.assay.workflows.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseState;
import dev.assay.model.verdict.RunVerdict;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class QuarantineWorkflowTest {
  private static final CaseAsk WORDS = CaseAsk.ofText("ab");
  private static final CaseAsk NO_REASON = CaseAsk.because(Optional.empty());
  private static final CaseAsk RUN = CaseAsk.revalidation("set", "ab", Optional.empty());

  private final CaseBench bench = new CaseBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void quarantine_nobodyDoesAnything_remindsEscalatesExpires() {
    bench.start();
    bench.awaitEnd();
    assertThat(bench.held.file().state()).isEqualTo(CaseState.EXPIRED);
    assertThat(Collections.frequency(bench.held.record, "Reminded")).isEqualTo(MemoryCase.DAYS - 1);
    assertThat(Collections.frequency(bench.held.record, "Escalated")).isEqualTo(1);
    assertThat(bench.held.record).last().isEqualTo("Expired");
    assertThat(bench.held.record).hasSize(MemoryCase.DAYS + 1);
  }

  @Test
  void quarantine_waived_opensAgainWhenTheWaiverEnds() {
    bench.ask(CaseAction.WAIVE, waiver());
    assertThat(bench.held.file().state()).isEqualTo(CaseState.WAIVED);
    bench.pass(Duration.ofDays(8));
    assertThat(bench.held.file().state()).isEqualTo(CaseState.OPEN);
    assertThat(bench.held.record).startsWith("Waived", "WaiverEnded");
  }

  @Test
  void quarantine_passesAgain_waitsForItsRelease() {
    CaseReply judged = bench.ask(CaseAction.REVALIDATE, RUN);
    assertThat(judged.view().state()).isEqualTo(CaseState.REVALIDATING);
    assertThat(judged.view().revalidation()).isEmpty();
    bench.pass(Duration.ofHours(5));
    assertThat(bench.held.file().state()).isEqualTo(CaseState.REVALIDATING);
    assertThat(bench.ask(CaseAction.RELEASE, NO_REASON).view().state())
        .isEqualTo(CaseState.RELEASED);
    bench.awaitEnd();
    assertThat(bench.held.record).containsExactly("Revalidating", "Judged", "Released");
  }

  @Test
  void quarantine_failsAgain_isTriagedAndCannotBeReleased() {
    bench.held.verdict = Optional.of(RunVerdict.FAIL);
    assertThat(bench.ask(CaseAction.REVALIDATE, RUN).view().state()).isEqualTo(CaseState.TRIAGED);
    CaseReply reply = bench.ask(CaseAction.RELEASE, NO_REASON);
    assertThat(reply.refusal().orElseThrow().why()).isEqualTo("STATE");
    assertThat(bench.held.record).containsExactly("Revalidating", "Judged");
  }

  @Test
  void ask_closedCase_answersAndMayOpenItAgain() {
    bench.ask(CaseAction.REJECT, NO_REASON);
    bench.awaitEnd();
    assertThat(bench.ask(CaseAction.COMMENT, WORDS).view().state()).isEqualTo(CaseState.REJECTED);
    bench.awaitEnd();
    assertThat(bench.ask(CaseAction.REOPEN, NO_REASON).view().state()).isEqualTo(CaseState.OPEN);
    bench.pass(Duration.ofDays(MemoryCase.DAYS));
    bench.awaitEnd();
    assertThat(bench.held.record).startsWith("Rejected", "Commented", "Reopened", "Reminded");
  }

  @Test
  void ask_sameUpdateAgain_isDoneOnce() {
    bench.ask(CaseAction.COMMENT, WORDS, "one");
    bench.ask(CaseAction.COMMENT, WORDS, "one");
    assertThat(bench.held.record).containsExactly("Commented");
    bench.lose();
    bench.ask(CaseAction.COMMENT, WORDS, "one"); // another run doesn't know the id; the record does
    assertThat(bench.held.record).containsExactly("Commented");
  }

  @Test
  void ask_withoutWhatTheActionNeeds_leavesNoTrace() {
    bench.start();
    assertThatThrownBy(() -> bench.ask(CaseAction.WAIVE, NO_REASON))
        .hasStackTraceContaining("without what it needs");
    assertThat(bench.held.record).isEmpty();
  }

  @Test
  void activities_failOrLoseTheirReply_giveTheSameEntries() {
    bench.held.fail(2);
    bench.start();
    bench.held.loseReplies(1);
    bench.ask(CaseAction.ASSIGN, WORDS);
    bench.held.loseReplies(2);
    bench.ask(CaseAction.REVALIDATE, RUN);
    bench.held.fail(3);
    bench.pass(Duration.ofHours(30));
    bench.held.loseReplies(1);
    bench.pass(Duration.ofHours(12));
    bench.ask(CaseAction.RELEASE, NO_REASON);
    bench.awaitEnd();
    assertThat(bench.held.record)
        .containsExactly("Assigned", "Revalidating", "Judged", "Reminded", "Escalated", "Released");
  }

  /** Lost with its engine in any state, it goes on where the record is, and repeats nothing. */
  @ParameterizedTest
  @EnumSource(CaseState.class)
  void quarantine_lostInAState_goesOn(CaseState state) {
    bring(state);
    var before = java.util.List.copyOf(bench.held.record);
    if (state.closed()) {
      bench.awaitEnd();
    } else {
      bench.lose();
    }
    bench.start();
    bench.ask(CaseAction.COMMENT, WORDS);
    assertThat(bench.held.file().state()).isEqualTo(state);
    assertThat(bench.held.record.subList(0, before.size())).isEqualTo(before);
    assertThat(bench.held.record.subList(before.size(), bench.held.record.size()))
        .containsExactly("Commented");
    bench.awaitEnd();
    assertThat(bench.held.file().state().closed()).isTrue();
  }

  private void bring(CaseState state) {
    switch (state) {
      case OPEN -> {
        bench.start();
        bench.pass(Duration.ofSeconds(1)); // else it is lost before it has read anything
      }
      case TRIAGED -> bench.ask(CaseAction.ASSIGN, WORDS);
      case REMEDIATING ->
          bench.ask(CaseAction.REMEDIATE, CaseAsk.remedy("exclude", Optional.empty()));
      case REVALIDATING -> bench.ask(CaseAction.REVALIDATE, RUN);
      case RELEASED -> {
        bench.ask(CaseAction.REVALIDATE, RUN);
        bench.ask(CaseAction.RELEASE, NO_REASON);
      }
      case WAIVED -> bench.ask(CaseAction.WAIVE, waiver());
      case REJECTED -> bench.ask(CaseAction.REJECT, NO_REASON);
      case EXPIRED -> {
        bench.start();
        bench.awaitEnd();
      }
    }
  }

  private CaseAsk waiver() {
    return CaseAsk.waiver(bench.now().plus(Duration.ofDays(7)).toString(), Optional.empty());
  }
}
