package dev.assay.activities.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.workflows.cases.CaseStarting;
import dev.assay.workflows.cases.CaseStarting.StartRequest;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keeper starts each case once, whatever the engine or the registry does meanwhile. */
class CaseStartingTest {
  private static final StartRequest FIRST = new StartRequest(OpenCase.LEDGER, false);
  private static final StartRequest LATER = new StartRequest(OpenCase.LEDGER, true);

  private final OpenCase open = new OpenCase();
  private final FlakyEngine engine = new FlakyEngine();
  private boolean workerStops;
  private final CaseStarting starting =
      open.starting(engine, () -> workerStops && !engine.running.isEmpty());

  /** An engine that starts a workflow once, and may fail before it does or after it did. */
  private static final class FlakyEngine implements CaseWorkflows {
    private final List<String> running = new ArrayList<>();
    private int asked;
    private boolean failing;
    private boolean losing;

    @Override
    public void start(String ledger, List<String> caseIds) {
      asked++;
      if (failing) {
        failing = false;
        throw new IllegalStateException("the engine is away");
      }
      caseIds.stream().filter(id -> !running.contains(id)).forEach(running::add);
      if (losing) {
        losing = false;
        throw new IllegalStateException("its answer was lost");
      }
    }

    @Override
    public void opened(String ledger) {}
  }

  @BeforeEach
  void waits() {
    // what time brings next is in a year: nothing is overdue
    open.dueIn(365);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void start_engineFails_leavesThemToBeStarted() {
    engine.failing = true;
    assertThatThrownBy(() -> starting.start(LATER)).isInstanceOf(RuntimeException.class);
    assertThat(engine.running).isEmpty();
    assertThat(unstarted()).containsExactly(open.id);
    assertThat(starting.start(LATER)).isEqualTo(1);
    assertThat(engine.running).containsExactly(open.id);
    assertThat(unstarted()).isEmpty();
  }

  @Test
  void start_startedButTheReplyWasLost_runsOnceAndIsNoted() {
    engine.losing = true;
    assertThatThrownBy(() -> starting.start(LATER)).isInstanceOf(RuntimeException.class);
    assertThat(engine.running).containsExactly(open.id);
    assertThat(unstarted()).containsExactly(open.id);
    assertThat(starting.start(LATER)).isEqualTo(1);
    assertThat(engine.running).containsExactly(open.id);
    assertThat(unstarted()).isEmpty();
  }

  @Test
  void start_allOfItHappenedButTheReplyWasLost_startsNothingAgain() {
    assertThat(starting.start(LATER)).isEqualTo(1);
    assertThat(starting.start(LATER)).isZero();
    assertThat(engine.asked).isEqualTo(1);
  }

  @Test
  void start_engineThatHasNeverSeenThem_startsAllThatTheRegistrySaysWereStarted() {
    assertThat(starting.start(LATER)).isEqualTo(1);
    engine.running.clear();
    assertThat(starting.start(FIRST)).isEqualTo(1);
    assertThat(engine.running).containsExactly(open.id);
  }

  @Test
  void start_anotherTryOfTheFirstLook_goesOnWhereTheOneBeforeWas() {
    assertThat(starting.start(FIRST)).isEqualTo(1);
    open.triedBefore(1);
    assertThat(starting.start(FIRST)).isZero();
    assertThat(engine.asked).isEqualTo(1);
  }

  @Test
  void start_overdueWhoseWorkflowWasLost_isStartedAgainAlsoAfterAFailure() {
    assertThat(starting.start(LATER)).isEqualTo(1);
    open.dueIn(0);
    engine.running.clear();
    engine.failing = true;
    assertThatThrownBy(() -> starting.start(LATER)).isInstanceOf(RuntimeException.class);
    assertThat(engine.running).isEmpty();
    assertThat(starting.start(LATER)).isZero();
    assertThat(engine.running).containsExactly(open.id);
  }

  private List<String> unstarted() {
    return open.registry().cases().unstarted(OpenCase.LEDGER, 100);
  }

  @Test
  void start_manyCases_startsEachOnce() {
    openMany(24);
    assertThat(starting.start(LATER)).isEqualTo(25);
    assertThat(engine.running).hasSize(25).doesNotHaveDuplicates();
    assertThat(unstarted()).isEmpty();
  }

  @Test
  void start_workerStops_leavesTheRestToTheNext() {
    openMany(24);
    workerStops = true;
    assertThatThrownBy(() -> starting.start(LATER))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable()).isFalse());
    assertThat(engine.running).hasSizeLessThan(25);
    assertThat(unstarted()).hasSize(25 - engine.running.size());
  }

  private void openMany(int count) {
    IntStream.range(0, count).forEach(i -> open.open("r-" + i));
  }
}
