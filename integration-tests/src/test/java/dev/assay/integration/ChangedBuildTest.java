package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.worker.engine.EngineData;
import dev.assay.worker.engine.WorkerHost;
import dev.assay.worker.validations.StartedValidation;
import dev.assay.worker.validations.ValidationWatcher;
import dev.assay.workflows.validation.ValidationOptions;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationWorkflow;
import dev.assay.workflows.validation.ValidationWorkflowImpl;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker of a later build goes on with workflows that an earlier one began. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ChangedBuildTest {
  private static final int RUNS = 18;

  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void open() {
    home = Home.openWithServer(folder.resolve("home"));
    home.stack().engine().close(); // its worker; the server stays
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void worker_ofAChangedBuild_endsWhatTheOldOneBeganAndBothHistoriesReplay() throws Exception {
    StartedValidation undisturbed;
    StartedValidation open;
    ValidationOutcome expected;
    try (WorkerHost _ = Workers.start(home, ValidationWorkflowImpl.class)) {
      undisturbed = start("undisturbed");
      expected = undisturbed.await(ValidationWatcher.silent());
      open = start("open");
      UpHome.await("half of it is recorded", () -> verdicts("open") >= RUNS / 3);
    }
    assertThat(verdicts("open")).as("recorded when the old worker stopped").isLessThan(RUNS);
    StartedValidation later;
    try (WorkerHost _ = Workers.start(home, ChangedBuild.Careful.class)) {
      assertThat(open.await(ValidationWatcher.silent()).outcomeRoot())
          .isEqualTo(expected.outcomeRoot());
      later = start("later");
      assertThat(later.await(ValidationWatcher.silent()).outcomeRoot())
          .isEqualTo(expected.outcomeRoot());
    }

    assertThat(changes(undisturbed)).isEmpty();
    assertThat(changes(open)).containsExactly(ChangedBuild.AFTER);
    assertThat(changes(later)).containsExactly(ChangedBuild.BEFORE, ChangedBuild.AFTER);
    assertThat(signatures(undisturbed)).isEqualTo(1);
    assertThat(signatures(open)).isEqualTo(2);
    assertThat(signatures(later)).isEqualTo(3);
    for (StartedValidation each : List.of(undisturbed, open, later)) {
      assertThatCode(() -> replay(each, ChangedBuild.Careful.class))
          .as(each.workflowId())
          .doesNotThrowAnyException();
    }
    assertThat(verdicts("open")).isEqualTo(RUNS);
    assertThat(home.verify().status()).isEqualTo(VerifyStatus.INTACT);

    assertThatThrownBy(() -> replay(undisturbed, ChangedBuild.Careless.class))
        .hasStackTraceContaining("NonDeterministicException")
        .hasStackTraceContaining("SignCheckpoint");
  }

  private StartedValidation start(String id) throws Exception {
    ValidationPolicy policy = Inputs.policy(Inputs.MLRUNS_POLICY);
    return home.start(
        policy,
        home.stage(policy, Inputs.WINE),
        Optional.of(id),
        new ValidationOptions(2, 1, false, true));
  }

  private long verdicts(String id) {
    return home.ledger()
        .log(
            LogFilter.ALL
                .withWorkflowId("validate/%s#1".formatted(id))
                .withKind(EntryKind.RUN_VERDICT))
        .size();
  }

  private WorkflowExecutionHistory history(StartedValidation validation) {
    return home.stack().engine().engine().client().fetchHistory(validation.workflowId());
  }

  /** The changes that a history says its workflow knew. */
  private List<String> changes(StartedValidation validation) {
    return history(validation).getEvents().stream()
        .filter(HistoryEvent::hasMarkerRecordedEventAttributes)
        .map(event -> event.getMarkerRecordedEventAttributes().getDetailsMap().get("changeId"))
        .map(change -> EngineView.text(change.getPayloads(0)))
        .toList();
  }

  private long signatures(StartedValidation validation) {
    return history(validation).getEvents().stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .filter(
            event ->
                event
                    .getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName()
                    .equals("SignCheckpoint"))
        .count();
  }

  private void replay(StartedValidation validation, Class<? extends ValidationWorkflow> build)
      throws Exception {
    try (TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(EngineData.converter())
                        .build())
                .build())) {
      WorkflowReplayer.replayWorkflowExecution(history(validation), environment, build);
    }
  }
}
