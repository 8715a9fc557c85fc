package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.validations.StartedValidation;
import dev.assay.worker.validations.ValidationFailedException;
import dev.assay.worker.validations.ValidationWatcher;
import dev.assay.worker.validations.Validations;
import dev.assay.workflows.validation.ValidationOptions;
import io.temporal.client.WorkflowOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine has a workflow that the record doesn't know, or lacks one that it does. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EngineDisagreesTest {
  @TempDir private Path folder;

  @Test
  void start_idTakenBySomebodyElse_saysSoAndTheNextNumberWorks() throws Exception {
    try (Home home = Home.open(folder)) {
      Engine engine = home.stack().engine().engine();
      engine
          .client()
          .newUntypedWorkflowStub(
              "ValidationWorkflow",
              WorkflowOptions.newBuilder()
                  .setWorkflowId("validate/taken#1")
                  .setTaskQueue("nobody")
                  .build())
          .start("no request");

      assertThatThrownBy(() -> start(home))
          .isInstanceOf(ValidationFailedException.class)
          .hasMessageContainingAll("validate/taken#1", "another home or database", "--id");
      assertThat(home.registry().executions().find("validate/taken#1").map(Execution::state))
          .hasValue(ExecutionState.ABANDONED);
      StartedValidation second = start(home);
      assertThat(second.workflowId()).isEqualTo("validate/taken#2");
      assertThat(second.await(ValidationWatcher.silent()).counts().runs()).isEqualTo(18);
    }
  }

  @Test
  void await_engineDoesNotKnowIt_saysSoAtOnce() throws Exception {
    try (Home home = Home.open(folder)) {
      StartedValidation lost =
          new Validations(home.stack(), Home.LEDGER).follow("validate/nobody-has-it#1");

      assertThatThrownBy(() -> lost.await(ValidationWatcher.silent()))
          .isInstanceOf(ValidationFailedException.class)
          .hasMessageContainingAll("the engine doesn't know it", "run the same 'assay validate'");
    }
  }

  private static StartedValidation start(Home home) throws Exception {
    ValidationPolicy policy = Inputs.policy(Inputs.MLRUNS_POLICY);
    return new Validations(home.stack(), Home.LEDGER)
        .start(
            policy,
            home.stage(policy, Inputs.WINE),
            Optional.of("taken"),
            new ValidationOptions(2, 10, false, true),
            _ -> {});
  }
}
