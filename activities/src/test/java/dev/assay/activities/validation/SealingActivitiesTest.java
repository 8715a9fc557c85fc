package dev.assay.activities.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.EntryKind;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import dev.assay.workflows.validation.RecordingActivities.RecordRequest;
import dev.assay.workflows.validation.RecordingActivities.RecordedShard;
import dev.assay.workflows.validation.SealingActivities.AbandonRequest;
import dev.assay.workflows.validation.SealingActivities.SealRequest;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.VerdictCounts;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingActivitiesTest {
  @TempDir private Path folder;
  private PlannedRuns runs;
  private SealRequest request;

  @BeforeEach
  void record() throws Exception {
    runs = new PlannedRuns(folder.resolve("test-only-results.pem"));
    RecordedShard recorded =
        runs.recording().record(new RecordRequest(runs.request().ledger(), false, runs.judge()));
    request =
        new SealRequest(
            runs.request(),
            runs.plan().planDigest(),
            recorded.counts(),
            recorded.firstIndex(),
            recorded.lastIndex());
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void seal_repeated_givesTheSameOutcomeAndOneEntry() {
    ValidationOutcome first = runs.sealing().seal(request);
    long size = runs.ledgerSize();

    assertThat(runs.sealing().seal(request)).isEqualTo(first);
    assertThat(runs.ledgerSize()).isEqualTo(size);
    assertThat(first.lastIndex()).isEqualTo(size - 1);
    assertThat(runs.entries(EntryKind.VALIDATION_SEALED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.payload().toString()).contains(first.outcomeRoot()));
    assertThat(execution().seal())
        .hasValueSatisfying(
            seal -> assertThat(seal.outcomeRoot().hex()).isEqualTo(first.outcomeRoot()));
  }

  @Test
  void seal_judgementMissing_isRefusedAndLeavesItOpen() throws Exception {
    runs.tamper("DELETE FROM registry.judgement WHERE ordinal = 0");

    failsWith("EvidenceMissingException", () -> runs.sealing().seal(request));
    assertThat(runs.entries(EntryKind.VALIDATION_SEALED)).isEmpty();
    assertThat(execution().state()).isEqualTo(ExecutionState.STARTED);
  }

  @Test
  void seal_rowsEditedAfterRecording_isRefused() throws Exception {
    runs.praiseFailures();

    failsWith("ResultForgedException", () -> runs.sealing().seal(request));
    assertThat(runs.entries(EntryKind.VALIDATION_SEALED)).isEmpty();
  }

  @Test
  void seal_countsThatTheRowsDontHave_isRefused() {
    SealRequest forged =
        new SealRequest(
            request.validation(),
            request.planDigest(),
            new VerdictCounts(request.counts().runs(), 0, 0, 0, 0, 0),
            request.firstIndex(),
            request.lastIndex());

    failsWith("ResultForgedException", () -> runs.sealing().seal(forged));
    assertThat(runs.entries(EntryKind.VALIDATION_SEALED)).isEmpty();
  }

  @Test
  void seal_planShortenedAfterRecording_isRefused() throws Exception {
    runs.tamper("UPDATE registry.plan SET row_count = row_count - 1");

    failsWith("EvidenceMissingException", () -> runs.sealing().seal(request));
    assertThat(runs.entries(EntryKind.VALIDATION_SEALED)).isEmpty();
  }

  @Test
  void seal_shardResultMissing_isRefused() throws Exception {
    runs.tamper("DELETE FROM registry.shard_result");

    failsWith("EvidenceMissingException", () -> runs.sealing().seal(request));
    assertThat(runs.entries(EntryKind.VALIDATION_SEALED)).isEmpty();
  }

  @Test
  void abandon_repeated_appendsOneEntry() {
    AbandonRequest abandon = new AbandonRequest(runs.request(), "cancelled");
    runs.sealing().abandon(abandon);
    runs.sealing().abandon(abandon);

    assertThat(runs.entries(EntryKind.VALIDATION_ABANDONED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.payload().toString()).contains("cancelled"));
    assertThat(execution().state()).isEqualTo(ExecutionState.ABANDONED);
  }

  @Test
  void abandon_sealed_isRefusedAndAppendsNothing() {
    runs.sealing().seal(request);
    long size = runs.ledgerSize();

    failsWith(
        "ExecutionStateException",
        () -> runs.sealing().abandon(new AbandonRequest(runs.request(), "cancelled")));
    assertThat(runs.ledgerSize()).isEqualTo(size);
    assertThat(execution().state()).isEqualTo(ExecutionState.SEALED);
  }

  @Test
  void seal_abandoned_isRefusedAndAppendsNothing() {
    runs.sealing().abandon(new AbandonRequest(runs.request(), "cancelled"));
    long size = runs.ledgerSize();

    failsWith("ExecutionStateException", () -> runs.sealing().seal(request));
    assertThat(runs.ledgerSize()).isEqualTo(size);
    assertThat(execution().state()).isEqualTo(ExecutionState.ABANDONED);
  }

  @Test
  void sealAndAbandon_atOnce_leaveOneEndOnRecord() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> both =
          List.of(
              threads.submit(() -> runs.sealing().seal(request)),
              threads.submit(
                  () -> runs.sealing().abandon(new AbandonRequest(runs.request(), "cancelled"))));
      for (Future<?> each : both) {
        try {
          each.get();
        } catch (ExecutionException refused) {
          assertThat(refused).hasStackTraceContaining("ExecutionStateException");
        }
      }
    }
    assertThat(runs.entries(EntryKind.VALIDATION_SEALED).size())
        .isEqualTo(execution().state() == ExecutionState.SEALED ? 1 : 0);
    assertThat(runs.entries(EntryKind.VALIDATION_ABANDONED).size())
        .isEqualTo(execution().state() == ExecutionState.ABANDONED ? 1 : 0);
  }

  private Execution execution() {
    return runs.registry().executions().find(runs.request().workflowId()).orElseThrow();
  }

  private static void failsWith(String type, Runnable call) {
    assertThatThrownBy(call::run)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(type);
              assertThat(failure.isNonRetryable()).isTrue();
            });
  }
}
