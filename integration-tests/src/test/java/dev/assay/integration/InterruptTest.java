package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and SIGTERM, as the operating system sends them, while {@code validate} judges. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class InterruptTest {
  private static final int BAD_RUNS = 1;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 2, 130", "TERM, 15, 143"})
  void validate_interruptedWhileItJudges_stopsAllAndTheNextOneTellsIt(
      String signal, int number, int exit) throws Exception {
    assumeFalse(Signals.ignored(number), "whoever started this test ignores SIG" + signal);
    Path home = folder.resolve("home");
    try (CommandProcess undisturbed = validate(home)) { // so that there is a home to look into
      assertThat(undisturbed.await()).as(undisturbed.err()).isEqualTo(BAD_RUNS);
    }
    String workflowId;
    try (CommandProcess victim = validate(home);
        Connection connection = connect(home, victim)) {
      workflowId = holdUp(connection, victim);
      Signals.send(signal, List.of(ProcessHandle.of(victim.pid()).orElseThrow()));
      assertThat(victim.await()).as(victim.err()).isEqualTo(exit);
      assertThat(victim.err())
          .contains(workflowId + " ends with this process", "run the same command")
          .doesNotContain("bug");
      assertThat(victim.out()).isEmpty();
    }
    assertThat(CommandProcess.processesNaming(home)).as("processes left").isEmpty();
    assertThat(home.resolve("pg/data/postmaster.pid")).doesNotExist();

    try (CommandProcess next = validate(home)) {
      assertThat(next.await()).as(next.err()).isEqualTo(BAD_RUNS);
      assertThat(next.err()).containsOnlyOnce(workflowId + " was never sealed");
    }
    assertThat(ends(home, workflowId)).containsExactly(EntryKind.VALIDATION_ABANDONED);
  }

  @Test
  void validate_endedBeforeItWasPlanned_isToldOnceWithoutAnEntry() throws Exception {
    Path home = folder.resolve("home");
    String early;
    try (CommandProcess first = validate(home)) {
      assertThat(first.await()).isEqualTo(BAD_RUNS);
    }
    try (Home stores = Home.openStores(home)) {
      Execution sealed = stores.registry().executions().list("validate", 1).getFirst();
      early =
          stores
              .registry()
              .executions()
              .allocate(sealed.kind(), sealed.id(), sealed.inputsDigest())
              .execution()
              .workflowId();
    }
    String line = early + " was started and never planned";
    try (CommandProcess next = validate(home);
        CommandProcess after = validate(home)) {
      assertThat(next.await()).as(next.err()).isEqualTo(BAD_RUNS);
      assertThat(after.await()).as(after.err()).isEqualTo(BAD_RUNS);
      // They wait for each other; either may be first.
      assertThat(next.err() + after.err())
          .containsOnlyOnce(line)
          .contains("nothing was recorded")
          .doesNotContain("was never sealed");
    }
    try (Home stores = Home.openStores(home)) {
      assertThat(stores.ledger().log(LogFilter.ALL.withWorkflowId(early))).isEmpty();
      assertThat(stores.registry().executions().find(early).map(Execution::state))
          .hasValue(ExecutionState.ABANDONED);
    }
  }

  @Test
  void validate_cancelledByItsInterrupt_isOnRecordAsCancelled() throws Exception {
    Path home = folder.resolve("home");
    try (CommandProcess first = validate(home)) {
      assertThat(first.await()).isEqualTo(BAD_RUNS);
    }
    String workflowId;
    try (CommandProcess victim = validate(home, "--cancel-on-interrupt");
        Connection connection = connect(home, victim)) {
      workflowId = holdUp(connection, victim);
      Signals.send("TERM", List.of(ProcessHandle.of(victim.pid()).orElseThrow()));
      victim.awaitErr(workflowId + " is being cancelled");
      connection.rollback();
      assertThat(victim.await()).as(victim.err()).isEqualTo(143);
    }
    try (Home stores = Home.openStores(home)) {
      assertThat(
              stores
                  .ledger()
                  .log(
                      LogFilter.ALL
                          .withWorkflowId(workflowId)
                          .withKind(EntryKind.VALIDATION_ABANDONED)))
          .singleElement()
          .satisfies(entry -> assertThat(entry.payload().toString()).contains("cancelled"));
    }
  }

  private CommandProcess validate(Path home, String... more) throws Exception {
    return CommandProcess.start(
        folder, Stream.concat(words(home).stream(), Stream.of(more)).toArray(String[]::new));
  }

  private static List<String> words(Path home) {
    return List.of(
        "validate",
        Inputs.WINE.toString(),
        "--policy",
        Inputs.MLRUNS_POLICY.toString(),
        "--home",
        home.toString(),
        "--shard-size",
        "1",
        "--format",
        "json",
        "--no-progress");
  }

  /** Which ends the ledger tells of a validation. */
  private static List<String> ends(Path folder, String workflowId) {
    try (Home home = Home.openStores(folder)) {
      assertThat(home.verify().status()).isEqualTo(VerifyStatus.INTACT);
      return home.ledger().log(LogFilter.ALL.withWorkflowId(workflowId)).stream()
          .map(entry -> entry.kind())
          .filter(
              kind ->
                  kind.equals(EntryKind.VALIDATION_SEALED)
                      || kind.equals(EntryKind.VALIDATION_ABANDONED))
          .toList();
    }
  }

  /** A session of the administrator in the database of a command that runs. */
  private static Connection connect(Path home, CommandProcess command) throws Exception {
    String password = Files.readString(home.resolve("pg/password")).strip();
    Path pidFile = home.resolve("pg/data/postmaster.pid");
    while (true) {
      assertThat(command.isAlive()).as(command.err()).isTrue();
      try {
        List<String> lines = Files.readAllLines(pidFile);
        return DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:%s/assay".formatted(lines.get(3)),
            "assay_admin",
            password);
      } catch (java.nio.file.NoSuchFileException | IndexOutOfBoundsException | SQLException _) {
        Thread.sleep(5); // not there yet
      }
    }
  }

  /** Waits for a validation to be planned and lets it judge no more; its workflow id. */
  private static String holdUp(Connection connection, CommandProcess command) throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet row =
            statement.executeQuery(
                "SELECT workflow_id FROM registry.execution WHERE state = 'STARTED'")) {
          if (row.next()) {
            String workflowId = row.getString(1);
            statement.execute("LOCK TABLE registry.judgement IN ACCESS EXCLUSIVE MODE");
            return workflowId;
          }
        }
        connection.rollback();
        assertThat(command.isAlive()).as(command.err()).isTrue();
        Thread.sleep(2);
      }
    }
  }
}
