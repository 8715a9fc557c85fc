package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker, signer, Temporal server and database, killed with {@code kill -9} at random moments of a
 * validation while others append: each time the same outcome root, an intact ledger, every receipt
 * that was given, and nothing twice.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class PartsKilledTest {
  private static final int BAD_RUNS = 1;

  @TempDir private Path folder;

  private Path runs = Path.of("");
  private Path policy = Path.of("");

  @Test
  @Tag("devserver")
  void validate_eachPartKilledThreeTimes_endsAsUndisturbed() throws Exception {
    prove(2_000, 3);
  }

  @Test
  @Tag("slow")
  void validate_eachPartKilledTwentyTimes_endsAsUndisturbed() throws Exception {
    prove(20_000, 20);
  }

  private void prove(int size, int kills) throws Exception {
    long seed = Long.getLong("assay.seed", System.nanoTime());
    Random random = new Random(seed);
    runs = MadeUpRuns.write(folder, size);
    policy = MadeUpRuns.policy(folder);
    Map<UpHome.Part, Integer> unacknowledged = new EnumMap<>(UpHome.Part.class);
    try (UpHome up = UpHome.start(folder, folder.resolve("home"));
        Home home = Home.ofUp(up.folder());
        Appenders appenders = Appenders.start(home, "main")) {
      Result undisturbed = validate(up, "undisturbed");
      long millis = validate(up, "warm").millis();
      LedgerWatch watch = new LedgerWatch(home);
      for (int kill = 0; kill < kills; kill++) {
        for (UpHome.Part part : UpHome.Part.values()) {
          String id = "%s-%d".formatted(part.name().toLowerCase(java.util.Locale.ROOT), kill);
          try (CommandProcess victim = start(up, id)) {
            // By turns: anywhere in the command, and where the workflow runs.
            if (kill % 2 == 1) {
              awaitStarted(home, id);
            }
            Thread.sleep(random.nextLong(Math.max(1, kill % 2 == 1 ? millis / 2 : millis)));
            int pending = appenders.pending();
            String phase = phase(home, id);
            ProcessHandle process = up.process(part);
            process.destroyForcibly();
            unacknowledged.merge(part, pending > 0 ? 1 : 0, Integer::sum);
            System.out.printf(
                "killed %s (pid %d) while %s, %d appends unacknowledged%n",
                part, process.pid(), phase, pending);
            assertThat(outcomeRoot(victim)).isEqualTo(undisturbed.outcomeRoot());
          }
          UpHome.await(part + " is back", () -> alive(up, part) && answers(home));
          recordedOnce(home, id, size);
          watch.look(appenders.receipts());
          assertThat(home.verify().status()).isEqualTo(VerifyStatus.INTACT);
        }
      }
      assertThat(unacknowledged.values().stream().mapToInt(Integer::intValue).sum())
          .as("kills with appends in flight")
          .isGreaterThanOrEqualTo(kills * UpHome.Part.values().length / 2);
      System.out.printf(
          "%d kills of each part within %d ms of %d runs; with appends in flight: %s; %d receipts; seed %d%n",
          kills, millis, size, unacknowledged, appenders.receipts().size(), seed);
    }
  }

  private static boolean alive(UpHome up, UpHome.Part part) {
    try {
      return up.process(part).isAlive();
    } catch (AssertionError | Exception _) {
      return false;
    }
  }

  private static boolean answers(Home home) {
    return home.stack().storage().trouble(Duration.ofSeconds(1)).isEmpty();
  }

  private void awaitStarted(Home home, String id) throws InterruptedException {
    UpHome.await(
        id + " is planned",
        () ->
            home.registry()
                .executions()
                .latest("validate", id)
                .filter(execution -> execution.state() != ExecutionState.ALLOCATED)
                .isPresent());
  }

  private static String phase(Home home, String id) {
    return home.registry()
        .executions()
        .latest("validate", id)
        .map(Execution::state)
        .map(
            state ->
                switch (state) {
                  case ALLOCATED -> "it was being planned";
                  case STARTED -> "it was being judged";
                  case SEALED -> "it was sealed";
                  case ABANDONED -> "it was abandoned";
                })
        .orElse("runs were being imported");
  }

  private static void recordedOnce(Home home, String id, int size) {
    Execution execution = home.registry().executions().latest("validate", id).orElseThrow();
    assertThat(execution.ordinal()).isEqualTo(1);
    assertThat(execution.state()).isEqualTo(ExecutionState.SEALED);
    assertThat(count(home, execution, EntryKind.RUN_VERDICT)).isEqualTo(size);
    assertThat(count(home, execution, EntryKind.VALIDATION_PLANNED)).isEqualTo(1);
    assertThat(count(home, execution, EntryKind.VALIDATION_SEALED)).isEqualTo(1);
    assertThat(count(home, execution, EntryKind.VALIDATION_ABANDONED)).isZero();
  }

  private static long count(Home home, Execution execution, String kind) {
    LogFilter filter =
        LogFilter.ALL
            .withWorkflowId(execution.workflowId())
            .withKind(kind)
            .withLimit(LogFilter.MAX_LIMIT);
    long count = 0;
    long after = -1;
    while (true) {
      var page = home.ledger().log(filter.withAfterIndex(after));
      count += page.size();
      if (page.size() < LogFilter.MAX_LIMIT) {
        return count;
      }
      after = page.getLast().index();
    }
  }

  /** What one command printed, and how long it took. */
  private record Result(String outcomeRoot, long millis) {}

  private CommandProcess start(UpHome up, String id) throws Exception {
    return up.command(
        "validate",
        runs.toString(),
        "--policy",
        policy.toString(),
        "--id",
        id,
        "--shard-size",
        "200",
        "--format",
        "json");
  }

  private Result validate(UpHome up, String id) throws Exception {
    long begun = System.nanoTime();
    try (CommandProcess command = start(up, id)) {
      return new Result(outcomeRoot(command), (System.nanoTime() - begun) / 1_000_000);
    }
  }

  private static String outcomeRoot(CommandProcess command) throws Exception {
    assertThat(command.await()).as(command.err()).isEqualTo(BAD_RUNS);
    JsonObject result =
        (JsonObject) JsonReader.read(command.out().getBytes(StandardCharsets.UTF_8));
    return ((JsonString) result.members().get("outcomeRoot")).value();
  }
}
