package dev.assay.activities.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.workflows.cases.CaseStarting;
import dev.assay.workflows.cases.CaseStarting.StartRequest;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaseStartingTest {
  private static final StartRequest KNOWN = new StartRequest(OpenCase.LEDGER, true);

  private final OpenCase open = new OpenCase();
  private final List<String> started = new CopyOnWriteArrayList<>();
  private final CaseWorkflows workflows =
      new CaseWorkflows() {
        @Override
        public void start(String ledger, List<String> caseIds) {
          started.addAll(caseIds);
        }

        @Override
        public void opened(String ledger) {}
      };

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void start_manyCases_startsEachOnce() {
    openMany(24);
    assertThat(starting(() -> false).start(KNOWN)).isEqualTo(25);
    assertThat(started).hasSize(25).doesNotHaveDuplicates();
    assertThat(unstarted()).isEmpty();
  }

  @Test
  void start_workerStops_leavesTheRestToTheNext() {
    openMany(24);
    CaseStarting stopping = starting(() -> !started.isEmpty());
    assertThatThrownBy(() -> stopping.start(KNOWN))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable()).isFalse());
    assertThat(started).hasSizeLessThan(25);
    assertThat(unstarted()).hasSize(25 - started.size());
  }

  private void openMany(int count) {
    IntStream.range(0, count).forEach(i -> open.open("r-" + i));
  }

  private List<String> unstarted() {
    return open.registry().cases().unstarted(OpenCase.LEDGER, 100);
  }

  private CaseStarting starting(BooleanSupplier stopping) {
    open.register(new CaseStartingImpl(open.services(), workflows, stopping));
    return open.stub(CaseStarting.class);
  }
}
