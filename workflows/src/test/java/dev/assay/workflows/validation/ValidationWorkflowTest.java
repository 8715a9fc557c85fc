package dev.assay.workflows.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValidationWorkflowTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "2,7", "8,7", "8,500", "100,1"})
  void validate_anyParallelismAndShardSize_recordsEveryRunOnceInPlanOrder(
      int parallelism, int shardSize) {
    FakeActivities activities = new FakeActivities(100);
    try (Bench bench = new Bench(activities)) {
      ValidationOutcome outcome = outcome(bench.start(options(parallelism, shardSize)));

      assertThat(activities.recorded()).isEqualTo(IntStream.range(0, 100).boxed().toList());
      assertThat(outcome.counts()).isEqualTo(new VerdictCounts(90, 0, 10, 0, 0, 10));
      assertThat(outcome.firstIndex()).isEqualTo(1);
      assertThat(outcome.lastIndex()).isEqualTo(102);
    }
  }

  @Test
  void validate_passingFailures_areRetriedAndStillInOrder() {
    FakeActivities activities = new FakeActivities(40).failing(0, 3).failing(20, 1);
    try (Bench bench = new Bench(activities)) {
      outcome(bench.start(options(4, 10)));

      assertThat(activities.recorded()).isEqualTo(IntStream.range(0, 40).boxed().toList());
      assertThat(activities.abandoned()).isEmpty();
    }
  }

  @Test
  void validate_hopelessFailure_abandonsWithTheReasonAndFails() {
    FakeActivities activities = new FakeActivities(40).hopeless();
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(2, 10));

      assertThatThrownBy(() -> outcome(workflow)).isInstanceOf(WorkflowFailedException.class);
      assertThat(activities.abandoned()).containsExactly("EvidenceDamaged: row 3 is damaged");
      assertThat(progress(workflow).phase()).isEqualTo(ValidationPhase.ABANDONED);
    }
  }

  @Test
  void validate_sealed_endsWithTheSignedEnd() {
    try (Bench bench = new Bench(new FakeActivities(10))) {
      assertThat(outcome(bench.start(options(2, 10))).checkpoint())
          .hasValueSatisfying(end -> assertThat(end.origin()).isEqualTo("main"));
    }
  }

  @Test
  void validate_dryRun_isNotSigned() {
    try (Bench bench = new Bench(new FakeActivities(10).unsignable())) {
      WorkflowStub workflow = bench.start(new ValidationOptions(2, 10, true, false));

      assertThat(outcome(workflow).checkpoint()).isEmpty();
    }
  }

  @Test
  void validate_signerRefuses_failsWithItsReasonAndIsNotAbandoned() {
    FakeActivities activities = new FakeActivities(10).unsignable();
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(2, 10));

      assertThatThrownBy(() -> outcome(workflow)).hasStackTraceContaining("CheckpointRefused");
      assertThat(activities.abandoned()).isEmpty();
      assertThat(progress(workflow).phase()).isEqualTo(ValidationPhase.SIGNING);
    }
  }

  @Test
  void validate_cancelled_abandonsFromADetachedScope() throws Exception {
    FakeActivities activities = new FakeActivities(40).stuck();
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(2, 10));
      activities.awaitJudging();
      workflow.cancel();

      assertThatThrownBy(() -> outcome(workflow)).isInstanceOf(WorkflowFailedException.class);
      assertThat(activities.abandoned()).containsExactly("cancelled");
    }
  }

  @Test
  void validate_dryRunThatFails_leavesNothingToAbandon() {
    FakeActivities activities = new FakeActivities(10).hopeless();
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(new ValidationOptions(2, 10, true, false));

      assertThatThrownBy(() -> outcome(workflow)).isInstanceOf(WorkflowFailedException.class);
      assertThat(activities.abandoned()).isEmpty();
    }
  }

  @Test
  void progress_afterTheEnd_tellsAllRunsAndTheirVerdicts() {
    try (Bench bench = new Bench(new FakeActivities(25))) {
      WorkflowStub workflow = bench.start(options(2, 10));
      outcome(workflow);

      assertThat(progress(workflow))
          .isEqualTo(
              new ValidationProgress(
                  ValidationPhase.SEALED, 25, 25, new VerdictCounts(23, 0, 2, 0, 0, 2)));
    }
  }

  @Test
  void effectiveShardSize_manyRuns_keepsShardsBelowTheBound() {
    ValidationOptions options = options(2, 1);

    assertThat(options.effectiveShardSize(38)).isEqualTo(1);
    int shards = Math.ceilDiv(100_000, options.effectiveShardSize(100_000));
    assertThat(shards).isLessThanOrEqualTo(ValidationOptions.MAX_SHARDS);
  }

  private static ValidationOptions options(int parallelism, int shardSize) {
    return new ValidationOptions(parallelism, shardSize, false, false);
  }

  private static ValidationOutcome outcome(WorkflowStub workflow) {
    return workflow.getResult(ValidationOutcome.class);
  }

  private static ValidationProgress progress(WorkflowStub workflow) {
    return workflow.query("progress", ValidationProgress.class);
  }
}
