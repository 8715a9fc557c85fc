package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.cases.CaseState;
import dev.assay.model.cases.Commitment;
import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.CaseOutcome.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CasesTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");
  private static TestRegistry database;
  private static Cases cases;

  @BeforeAll
  static void open() {
    database = TestRegistry.fresh();
    cases = database.registry().cases();
  }

  private static NewCase failure(String runId, String workflowId) {
    return failure(runId, workflowId, CaseState.OPEN, "v1");
  }

  private static NewCase failure(String runId, String workflowId, CaseState state, String content) {
    return new NewCase(
        "main",
        TestRuns.identity(runId),
        "policy",
        workflowId,
        TestRuns.digest(content),
        RunVerdict.FAIL,
        NOON,
        state,
        Optional.of(NOON.plus(Duration.ofDays(3))),
        Optional.of(NOON.plus(Duration.ofDays(1))),
        "accuracy 0.1 is below 0.85",
        17);
  }

  @Test
  void open_newFailure_makesACase() {
    NewCase failure = failure("new-1", "validate/a#1");
    CaseOutcome outcome = cases.open(List.of(failure)).getFirst();
    assertThat(outcome).isEqualTo(new CaseOutcome(failure.caseId(), Effect.OPENED));
    assertThat(outcome.caseId()).matches("c-[0-9a-f]{12}");
    assertThat(cases.find(outcome.caseId()))
        .contains(
            new CaseRow(
                outcome.caseId(),
                "main",
                failure.identity(),
                "policy",
                "validate/a#1",
                failure.runDigest(),
                RunVerdict.FAIL,
                NOON,
                failure.reason(),
                new CaseRow.Standing(
                    CaseState.OPEN,
                    0,
                    failure.runDigest(),
                    Optional.of(NOON.plus(Duration.ofDays(3))),
                    Optional.of(NOON.plus(Duration.ofDays(1))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    17)));
  }

  /** By sha256sum of ["mlflow","wine","golden","policy","validate/golden#1"]. */
  @Test
  void caseId_known_staysTheSame() {
    assertThat(failure("golden", "validate/golden#1").caseId()).isEqualTo("c-8210c81c9fdd");
  }

  @Test
  void open_laterFailure_joinsTheOpenCase() {
    CaseOutcome first = cases.open(List.of(failure("join-1", "validate/a#1"))).getFirst();
    CaseOutcome second = cases.open(List.of(failure("join-1", "validate/a#2"))).getFirst();
    assertThat(second).isEqualTo(new CaseOutcome(first.caseId(), Effect.JOINED));
    assertThat(cases.eventsOf("validate/a#1", Optional.empty(), 10))
        .extracting(CaseEvent::outcome)
        .containsExactly(first);
    assertThat(cases.eventsOf("validate/a#2", Optional.empty(), 10))
        .extracting(CaseEvent::outcome)
        .containsExactly(second);
  }

  @Test
  void open_again_givesTheSameAnswers() {
    cases.open(List.of(failure("again-1", "validate/b#1")));
    List<NewCase> batch =
        List.of(failure("again-1", "validate/b#2"), failure("again-2", "validate/b#2"));
    List<CaseOutcome> first = cases.open(batch);
    assertThat(first).extracting(CaseOutcome::effect).containsExactly(Effect.JOINED, Effect.OPENED);
    assertThat(cases.open(batch)).isEqualTo(first);
    List<CaseEvent> events = cases.eventsOf("validate/b#2", Optional.empty(), 10);
    assertThat(events)
        .extracting(CaseEvent::outcome)
        .containsExactlyInAnyOrderElementsOf(first)
        .isSortedAccordingTo(Comparator.comparing(CaseOutcome::caseId));
    assertThat(
            cases.eventsOf("validate/b#2", Optional.of(events.getFirst().outcome().caseId()), 10))
        .containsExactly(events.getLast());
  }

  @Test
  void open_againAfterClosing_keepsTheClosedCase() throws Exception {
    List<NewCase> opening = List.of(failure("closed-1", "validate/c#1"));
    List<NewCase> joining = List.of(failure("closed-1", "validate/c#2"));
    String id = cases.open(opening).getFirst().caseId();
    cases.open(joining);
    database.tamper(
        "UPDATE registry.quarantine_case SET state = 'REJECTED' WHERE id = '" + id + "'");
    assertThat(cases.open(opening)).containsExactly(new CaseOutcome(id, Effect.OPENED));
    assertThat(cases.open(joining)).containsExactly(new CaseOutcome(id, Effect.JOINED));
    CaseOutcome later = cases.open(List.of(failure("closed-1", "validate/c#3"))).getFirst();
    assertThat(later.effect()).isEqualTo(Effect.OPENED);
    assertThat(later.caseId()).isNotEqualTo(id);
  }

  @Test
  void open_rejected_isClosedAtOnceAndJoinsNothing() {
    CaseOutcome open = cases.open(List.of(failure("reject-1", "validate/d#1"))).getFirst();
    CaseOutcome rejected =
        cases
            .open(List.of(failure("reject-1", "validate/d#2", CaseState.REJECTED, "v1")))
            .getFirst();
    assertThat(rejected.effect()).isEqualTo(Effect.OPENED);
    assertThat(rejected.caseId()).isNotEqualTo(open.caseId());
    assertThat(cases.find(rejected.caseId()).orElseThrow().now().state())
        .isEqualTo(CaseState.REJECTED);
  }

  @Test
  void open_twoRevisionsOfOneRun_oneOpensOneJoins() {
    List<NewCase> both =
        List.of(
            failure("two-1", "validate/e#1", CaseState.OPEN, "v1"),
            failure("two-1", "validate/e#1", CaseState.OPEN, "v2"));
    List<CaseOutcome> outcomes = cases.open(both);
    assertThat(outcomes)
        .extracting(CaseOutcome::effect)
        .containsExactlyInAnyOrder(Effect.OPENED, Effect.JOINED);
    assertThat(outcomes.getFirst().caseId()).isEqualTo(outcomes.getLast().caseId());
    assertThat(cases.open(both)).isEqualTo(outcomes);
    assertThat(cases.open(both.reversed())).isEqualTo(outcomes.reversed());
  }

  @Test
  void open_idOfAnotherRun_isRefused() throws Exception {
    NewCase failure = failure("collision-1", "validate/f#1");
    String id = cases.open(List.of(failure("collision-2", "validate/f#1"))).getFirst().caseId();
    database.tamper(
        "UPDATE registry.quarantine_case SET id = '%s' WHERE id = '%s'"
            .formatted(failure.caseId(), id));
    assertThatThrownBy(() -> cases.open(List.of(failure)))
        .isInstanceOf(RecordConflictException.class)
        .hasMessageContaining(failure.caseId());
  }

  @Test
  void open_fromManyThreads_opensEachRunOnce() throws Exception {
    List<Callable<List<CaseOutcome>>> callers =
        IntStream.range(0, 4)
            .<Callable<List<CaseOutcome>>>mapToObj(
                caller ->
                    () -> {
                      List<NewCase> mine =
                          new ArrayList<>(
                              IntStream.range(0, 200)
                                  .mapToObj(i -> failure("race-" + i, "validate/race#" + caller))
                                  .toList());
                      Collections.shuffle(mine, new Random(caller));
                      return cases.open(mine);
                    })
            .toList();
    List<CaseOutcome> all = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var future : pool.invokeAll(callers)) {
        all.addAll(future.get());
      }
    }
    assertThat(all.stream().map(CaseOutcome::caseId).distinct()).hasSize(200);
    assertThat(all.stream().filter(outcome -> outcome.effect() == Effect.OPENED)).hasSize(200);
  }

  @Test
  void open_sameBatchFromManyThreads_eachIsToldThatItOpenedThem() throws Exception {
    List<NewCase> batch =
        IntStream.range(0, 300).mapToObj(i -> failure("tries-" + i, "validate/tries#1")).toList();
    List<Callable<List<CaseOutcome>>> tries =
        Collections.nCopies(4, (Callable<List<CaseOutcome>>) () -> cases.open(batch));
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var future : pool.invokeAll(tries)) {
        assertThat(future.get()).extracting(CaseOutcome::effect).containsOnly(Effect.OPENED);
      }
    }
    assertThat(cases.eventsOf("validate/tries#1", Optional.empty(), 1_000)).hasSize(300);
  }

  @Test
  void list_pages_coverEverythingOnce() {
    TestRegistry own = TestRegistry.fresh();
    Cases few = own.registry().cases();
    few.open(
        IntStream.range(0, 25).mapToObj(i -> failure("page-" + i, "validate/page#1")).toList());
    List<CaseRow> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<CaseRow> page;
    do {
      page = few.list(CaseFilter.undecided("main"), after, 10);
      all.addAll(page);
      after = Optional.of(all.getLast().id());
    } while (page.size() == 10);
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
    assertThat(few.list(CaseFilter.of("main", Set.of(CaseState.REJECTED)), Optional.empty(), 10))
        .isEmpty();
    assertThat(few.list(CaseFilter.of("main", Set.of()), Optional.empty(), 100)).hasSize(25);
    assertThat(few.count(CaseState.OPEN)).isEqualTo(25);
  }

  private static CaseRow.Standing standing(CaseState state, int ordinal, Instant due) {
    return new CaseRow.Standing(
        state,
        ordinal,
        TestRuns.digest("v2"),
        Optional.of(NOON),
        state.closed() ? Optional.empty() : Optional.of(due),
        Optional.empty(),
        Optional.of(TestRuns.digest("who")),
        Optional.of("waive"),
        20 + ordinal);
  }

  @Test
  void stand_inAnyOrder_theLatestTransitionStays() {
    String id = cases.open(List.of(failure("stand-1", "validate/s#1"))).getFirst().caseId();
    cases.stand(id, standing(CaseState.TRIAGED, 2, NOON));
    cases.stand(id, standing(CaseState.OPEN, 1, NOON));
    cases.stand(id, standing(CaseState.REJECTED, 2, NOON));
    assertThat(cases.find(id).orElseThrow().now()).isEqualTo(standing(CaseState.TRIAGED, 2, NOON));
  }

  @Test
  void dueAndUnstarted_followTheCase() {
    TestRegistry own = TestRegistry.fresh();
    Cases few = own.registry().cases();
    String id = few.open(List.of(failure("due-1", "validate/d#1"))).getFirst().caseId();
    assertThat(few.due("main", NOON, 10)).isEmpty();
    assertThat(few.due("main", NOON.plus(Duration.ofDays(2)), 10)).containsExactly(id);
    assertThat(few.due("other", NOON.plus(Duration.ofDays(2)), 10)).isEmpty();
    assertThat(few.unstarted("main", 10)).containsExactly(id);
    assertThat(few.ledgers()).containsExactly("main");
    few.started(List.of(id));
    assertThat(few.unstarted("main", 10)).isEmpty();
    few.forgetStarted("main");
    assertThat(few.unstarted("main", 10)).containsExactly(id);
    few.started(List.of(id));
    few.stand(id, standing(CaseState.REJECTED, 1, NOON));
    assertThat(few.ledgers()).isEmpty();
    assertThat(few.due("main", NOON.plus(Duration.ofDays(2)), 10)).isEmpty();
    few.stand(id, standing(CaseState.OPEN, 2, NOON)); // its workflow ended when it was closed
    assertThat(few.unstarted("main", 10)).containsExactly(id);
    assertThat(few.ofRuns("main", List.of(TestRuns.identity("due-1")))).hasSize(1);
    assertThat(few.meant("main", id.substring(0, 5), 5)).hasSize(1);
  }

  @Test
  void list_filters_areAllApplied() {
    TestRegistry own = TestRegistry.fresh();
    Cases few = own.registry().cases();
    few.open(List.of(failure("f-1", "validate/f#1"), failure("f-2", "validate/f#1")));
    String experiment = TestRuns.identity("f-1").experiment();
    for (CaseFilter filter :
        List.of(
            filter("main", experiment, RunVerdict.FAIL, "f-1", false),
            filter("main", experiment, RunVerdict.FAIL, "f-1", true))) {
      assertThat(few.list(filter, Optional.empty(), 10)).hasSize(1); // long overdue
    }
    for (CaseFilter filter :
        List.of(
            filter("other", experiment, RunVerdict.FAIL, "f-1", false),
            filter("main", "other", RunVerdict.FAIL, "f-1", false),
            filter("main", experiment, RunVerdict.INDETERMINATE, "f-1", false),
            filter("main", experiment, RunVerdict.FAIL, "f-3", false))) {
      assertThat(few.list(filter, Optional.empty(), 10)).isEmpty();
    }
  }

  private static CaseFilter filter(
      String ledger, String experiment, RunVerdict verdict, String run, boolean overdue) {
    return new CaseFilter(
        ledger,
        Set.of(CaseState.OPEN),
        Optional.of(experiment),
        Optional.of(verdict),
        Optional.of(run),
        overdue);
  }

  @Test
  void privateTexts_changedRow_isNotBelieved() throws Exception {
    PrivateTexts texts = database.registry().privateTexts();
    Commitment text = new Commitment(new byte[Commitment.SALT_BYTES], "seen by nobody else");
    texts.save(text);
    texts.save(text);
    assertThat(texts.find(List.of(text.digest(), TestRuns.digest("none"))))
        .containsExactly(java.util.Map.entry(text.digest(), "seen by nobody else"));
    database.tamper("UPDATE registry.private_text SET value = 'other'");
    assertThatThrownBy(() -> texts.find(List.of(text.digest())))
        .isInstanceOf(EvidenceDamagedException.class);
    database.tamper("DELETE FROM registry.private_text");
    assertThat(texts.find(List.of(text.digest()))).isEmpty();
  }

  @Test
  void newCase_passingVerdict_isRefused() {
    Sha256 digest = TestRuns.digest("v");
    assertThatThrownBy(
            () ->
                new NewCase(
                    "main",
                    TestRuns.identity("ok"),
                    "policy",
                    "validate/g#1",
                    digest,
                    RunVerdict.WARN,
                    NOON,
                    CaseState.OPEN,
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WARN");
  }
}
