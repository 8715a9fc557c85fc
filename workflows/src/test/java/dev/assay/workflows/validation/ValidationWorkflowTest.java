package dev.assay.workflows.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.util.function.UnaryOperator;
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

  /** Two at once, and at most 16 wait beside the one that is being recorded. */
  @Test
  void validate_slowRecording_judgesOnUpToABound() {
    FakeActivities activities = new FakeActivities(100).recordingOnceJudged(10);
    try (Bench bench = new Bench(activities)) {
      outcome(bench.start(options(2, 1)));

      assertThat(activities.judgedBeforeRecording()).isBetween(10, 2 + 16 + 1);
      assertThat(activities.recorded()).isEqualTo(IntStream.range(0, 100).boxed().toList());
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
  void validate_resultOfAnotherShard_isAbandonedUnrecorded() {
    ShardRequest other = new ShardRequest(Bench.ID, "aa", "dd", 0, 10);
    FakeActivities activities =
        new FakeActivities(20).replying(_ -> new SignedShard(other, "bb", "note"));
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(1, 10));

      assertThatThrownBy(() -> outcome(workflow)).hasStackTraceContaining("ResultForgedException");
      assertThat(activities.recorded()).isEqualTo(IntStream.range(0, 10).boxed().toList());
      assertThat(activities.abandoned())
          .singleElement()
          .asString()
          .contains("ResultForgedException", "runs 10 to 19", "a result of", "runs 0 to 9");
    }
  }

  @Test
  void validate_policyThatRunsPrograms_judgesEachShardWithWhatTheyShowed() {
    FakeActivities activities = new FakeActivities(25).observing(UnaryOperator.identity());
    try (Bench bench = new Bench(activities)) {
      assertThat(outcome(bench.start(options(2, 10))).counts().runs()).isEqualTo(25);
      assertThat(activities.observed()).containsExactly(0, 10, 20);
    }
  }

  @Test
  void validate_observationsOfAnotherShard_isAbandonedUnjudged() {
    ShardRequest other = new ShardRequest(Bench.ID, "aa", "dd", 10, 20);
    FakeActivities activities =
        new FakeActivities(20).observing(_ -> new ObservedShard(other, "cc", "note"));
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(1, 10));

      assertThatThrownBy(() -> outcome(workflow)).hasStackTraceContaining("ResultForgedException");
      assertThat(activities.observed()).isEmpty();
      assertThat(activities.abandoned())
          .singleElement()
          .asString()
          .contains("ResultForgedException", "ObserveShard", "runs 0 to 9");
    }
  }

  @Test
  void validate_nothingInPlaceOfAResult_isAbandoned() {
    FakeActivities activities = new FakeActivities(20).replying(_ -> null);
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(2, 10));

      assertThatThrownBy(() -> outcome(workflow)).hasStackTraceContaining("ResultForgedException");
      assertThat(activities.recorded()).isEmpty();
      assertThat(activities.abandoned()).singleElement().asString().contains("with nothing");
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
  void validate_moreShardsThanARunTakes_continuesAsNewWithWhatIsRecorded() {
    int shards = 2 * ValidationOptions.SHARDS_PER_RUN + 1;
    FakeActivities activities = new FakeActivities(shards);
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(8, 1));
      ValidationOutcome outcome = outcome(workflow);

      assertThat(activities.recorded()).isEqualTo(IntStream.range(0, shards).boxed().toList());
      assertThat(outcome.counts().runs()).isEqualTo(shards);
      assertThat(outcome.firstIndex()).isEqualTo(1);
      assertThat(outcome.lastIndex()).isEqualTo(shards + 2);
      assertThat(bench.chain(workflow)).hasSize(3).allMatch(events -> events < 10_000);
      assertThat(activities.digested()).hasSize(3);
    }
  }

  @Test
  void progress_inALaterRun_countsTheEarlierOnes() throws Exception {
    FakeActivities activities =
        new FakeActivities(ValidationOptions.SHARDS_PER_RUN + 10)
            .stuckFrom(ValidationOptions.SHARDS_PER_RUN);
    try (Bench bench = new Bench(activities)) {
      bench.start(options(2, 1));
      activities.awaitStuck();

      ValidationProgress progress = progress(bench.latest());
      assertThat(progress.runs()).isEqualTo(ValidationOptions.SHARDS_PER_RUN + 10);
      assertThat(progress.counts().runs()).isEqualTo(ValidationOptions.SHARDS_PER_RUN);
      assertThat(progress.judged()).isEqualTo(ValidationOptions.SHARDS_PER_RUN);
    }
  }

  @Test
  void validate_cancelledWhileSealing_isSealedAndSigned() throws Exception {
    FakeActivities activities = new FakeActivities(10).slowToSeal();
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(2, 10));
      activities.awaitSealing();
      workflow.cancel();
      activities.goOnSealing();

      // The SDK calls it cancelled whatever it returns; the record is what counts.
      assertThatThrownBy(() -> outcome(workflow)).isInstanceOf(WorkflowFailedException.class);
      assertThat(activities.sealed()).isEqualTo(1);
      assertThat(activities.signed()).isEqualTo(1);
      assertThat(activities.digested()).hasSize(1);
      assertThat(activities.abandoned()).isEmpty();
      assertThat(progress(workflow).phase()).isEqualTo(ValidationPhase.SEALED);
    }
  }

  @Test
  void validate_cancelledWhileNobodySigns_endsWithoutACheckpoint() throws Exception {
    FakeActivities activities = new FakeActivities(10).withoutSigner();
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(2, 10));
      activities.awaitSigning();
      workflow.cancel();

      assertThatThrownBy(() -> outcome(workflow)).isInstanceOf(WorkflowFailedException.class);
      assertThat(activities.signed()).isZero();
      assertThat(activities.abandoned()).isEmpty();
      assertThat(progress(workflow).phase()).isEqualTo(ValidationPhase.SEALED);
    }
  }

  @Test
  void validate_ended_digestsWhatWasThenItsHistory() {
    FakeActivities activities = new FakeActivities(10);
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow = bench.start(options(2, 10));
      outcome(workflow);

      assertThat(activities.digested())
          .singleElement()
          .satisfies(events -> assertThat(events).isBetween(15L, bench.chain(workflow).getFirst()));
    }
  }

  @Test
  void validate_dryRun_leavesNoDigest() {
    FakeActivities activities = new FakeActivities(10);
    try (Bench bench = new Bench(activities)) {
      outcome(bench.start(new ValidationOptions(2, 10, true, false)));

      assertThat(activities.digested()).isEmpty();
    }
  }

  @Test
  void shards_anySize_coverThePlanWithoutOverflow() {
    ValidationOptions huge = options(2, Integer.MAX_VALUE);
    assertThat(huge.shardEnd(0, 100_000)).isEqualTo(100_000);
    assertThat(huge.runEnd(0, 100_000)).isEqualTo(100_000);
    assertThat(huge.shards(100_000)).isEqualTo(1);
    assertThat(options(2, 3).shards(10)).isEqualTo(4);
    assertThat(options(2, 3).runEnd(1_200, 5_000)).isEqualTo(2_400);
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
