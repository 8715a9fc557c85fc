package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import dev.assay.worker.engine.WorkerHost;
import dev.assay.worker.validations.StartedValidation;
import dev.assay.worker.validations.ValidationFailedException;
import dev.assay.worker.validations.ValidationWatcher;
import dev.assay.worker.validations.Validations;
import dev.assay.workflows.validation.JudgingActivities;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
import dev.assay.workflows.validation.ValidationOptions;
import dev.assay.workflows.validation.ValidationProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database goes away in the middle of a validation: killed, or there but silent. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LostDatabaseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP"})
  void await_databaseLost_givesUpLeavesNothingAndTheNextStartRecovers(String signal)
      throws Exception {
    Path home = folder.resolve("home");
    ValidationPolicy policy = Inputs.policy(Inputs.MLRUNS_POLICY);
    ValidationOptions options = new ValidationOptions(2, 1, false, true);
    List<String> troubles = new ArrayList<>();
    String lost;
    try (Home first = Home.open(home)) {
      first.stack().engine().close(); // its worker keeps its hands off the server
      try (WorkerHost _ = workerThatSends(signal, first)) {
        StartedValidation started =
            new Validations(first.stack(), Home.LEDGER, PATIENCE)
                .start(
                    policy,
                    first.stage(policy, Inputs.WINE),
                    Optional.of("lost"),
                    options,
                    _ -> {});
        lost = started.workflowId();
        assertThatThrownBy(() -> started.await(collecting(troubles)))
            .isInstanceOf(ValidationFailedException.class)
            .hasMessageContainingAll(lost, "stood still for 3 s", "the database doesn't answer")
            .hasMessageContaining("run the same command again");
      }
    }
    assertThat(troubles).anyMatch(told -> told.startsWith("the database doesn't answer: "));
    assertThat(CommandProcess.processesNaming(home)).as("processes left").isEmpty();

    try (Home second = Home.open(home)) {
      List<Execution> incomplete = new ArrayList<>();
      StartedValidation again =
          new Validations(second.stack(), Home.LEDGER)
              .start(
                  policy,
                  second.stage(policy, Inputs.WINE),
                  Optional.of("lost"),
                  options,
                  incomplete::add);
      assertThat(incomplete).extracting(Execution::workflowId).containsExactly(lost);
      assertThat(incomplete).extracting(Execution::state).containsExactly(ExecutionState.STARTED);
      assertThat(again.await(ValidationWatcher.silent()).counts().runs()).isEqualTo(18);
      assertThat(
              second
                  .ledger()
                  .log(LogFilter.ALL.withWorkflowId(lost).withKind(EntryKind.VALIDATION_ABANDONED)))
          .hasSize(1);
      assertThat(second.verify().status()).isEqualTo(VerifyStatus.INTACT);
    }
  }

  private static ValidationWatcher collecting(List<String> troubles) {
    return new ValidationWatcher() {
      @Override
      public void progress(ValidationProgress progress) {}

      @Override
      public void trouble(String what) {
        troubles.add(what);
      }
    };
  }

  /** A worker that hits the server, once, when the third shard is to be judged. */
  private static WorkerHost workerThatSends(String signal, Home home) {
    AtomicBoolean sent = new AtomicBoolean();
    return Workers.start(
        home,
        activity ->
            activity instanceof JudgingActivities judge
                ? new HittingJudge(
                    judge,
                    shard -> {
                      if (shard.from() == 2 && sent.compareAndSet(false, true)) {
                        hit(signal, home);
                      }
                    })
                : activity);
  }

  /** Does something before it judges a shard. */
  private record HittingJudge(JudgingActivities judge, Consumer<ShardRequest> before)
      implements JudgingActivities {
    @Override
    public SignedShard judge(ShardRequest shard) {
      before.accept(shard);
      return judge.judge(shard);
    }

    @Override
    public SignedShard judgeObserved(ObservedShard observed) {
      throw new UnsupportedOperationException("the policy runs no programs");
    }
  }

  private static void hit(String signal, Home home) {
    try {
      List<ProcessHandle> server = Signals.serverOf(home.stack().home().folder());
      // The children of a killed server end by themselves; those of a suspended one work on.
      Signals.send(signal, signal.equals("KILL") ? server.subList(0, 1) : server);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
