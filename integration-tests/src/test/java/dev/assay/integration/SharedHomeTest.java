package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two commands at once in one home: they take turns. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SharedHomeTest {
  @TempDir private Path folder;

  @Test
  void validate_whileAnotherWorksInTheHome_waitsForItAndSucceeds() throws Exception {
    Path home = folder.resolve("home");
    try (CommandProcess first = start(home)) {
      while (first.isAlive() && !holds(home, first)) {
        Thread.sleep(10);
      }
      try (CommandProcess second = start(home)) {
        assertThat(first.await()).as(first.err()).isEqualTo(1);
        assertThat(second.await()).as(second.err()).isEqualTo(1);
        assertThat(second.err())
            .contains("waiting for", "assay validate", Long.toString(first.pid()));
        assertThat(first.err()).doesNotContain("waiting for");
      }
    }
    assertThat(CommandProcess.processesNaming(home)).isEmpty();
    try (Home opened = Home.openStores(home)) {
      assertThat(opened.verify().status()).isEqualTo(VerifyStatus.INTACT);
      List<Execution> executions = opened.registry().executions().list("validate", 10);
      assertThat(executions).extracting(Execution::ordinal).containsExactly(2, 1);
      assertThat(executions).extracting(Execution::state).containsOnly(ExecutionState.SEALED);
      assertThat(executions.get(0).seal().orElseThrow().outcomeRoot())
          .isEqualTo(executions.get(1).seal().orElseThrow().outcomeRoot());
    }
  }

  private static boolean holds(Path home, CommandProcess command) throws Exception {
    Path lock = home.resolve("lock");
    return Files.exists(lock) && Files.readString(lock).contains(Long.toString(command.pid()));
  }

  private CommandProcess start(Path home) throws Exception {
    return CommandProcess.start(
        folder,
        "validate",
        Inputs.WINE.toString(),
        "--policy",
        Inputs.MLRUNS_POLICY.toString(),
        "--home",
        home.toString(),
        "--no-progress");
  }
}
