package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code assay validate} killed at a random moment, then run again in the same home: the first kill
 * hits a home that is being made, the others one that grows.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CrashTest {
  private static final int BAD_RUNS = 1;

  /**
   * About what import, workflow and result take after the start, on a machine that does little
   * else.
   */
  private static final int WORKFLOW_MILLIS = 2_500;

  @TempDir private Path folder;

  /** Executions that ended before they were planned: nothing of them is on record. */
  private final Set<String> neverPlanned = new HashSet<>();

  /** Where a kill hit. */
  private enum Place {
    BEFORE_IT_WAS_ALLOCATED,
    BEFORE_IT_WAS_PLANNED,
    BEFORE_IT_WAS_SEALED,
    AFTER_IT_WAS_SEALED
  }

  @Test
  void validate_killedAndRunAgain_recovers() throws Exception {
    prove(5);
  }

  @Test
  @Tag("slow")
  void validate_killedOftenAndRunAgain_recovers() throws Exception {
    prove(25);
  }

  private void prove(int kills) throws Exception {
    long seed = Long.getLong("assay.seed", System.nanoTime());
    Random random = new Random(seed);
    String undisturbed = validate(folder.resolve("undisturbed")).outcomeRoot();
    long millis = validate(folder.resolve("undisturbed")).millis(); // a new home takes far longer
    Path home = folder.resolve("home");
    Map<Place, Integer> places = new EnumMap<>(Place.class);
    int executions = 0;
    int orphans = 0;
    for (int kill = 0; kill < kills; kill++) {
      long starts = starts(home);
      try (CommandProcess victim = start(home)) {
        // By turns: anywhere in the command, and where the workflow runs.
        if (kill % 2 == 1) {
          awaitStart(home, victim, starts);
        }
        Thread.sleep(random.nextLong(kill % 2 == 1 ? WORKFLOW_MILLIS : millis));
        victim.kill();
      }
      orphans += CommandProcess.processesNaming(home).isEmpty() ? 0 : 1;
      Result again = validate(home);
      millis = Math.min(millis, again.millis()); // or most kills would come after the end
      assertThat(again.outcomeRoot()).isEqualTo(undisturbed);
      assertThat(CommandProcess.processesNaming(home)).as("processes left").isEmpty();
      assertThat(home.resolve("pg/data/postmaster.pid")).doesNotExist();
      List<Execution> newestFirst = recorded(home, again.err());
      places.merge(place(newestFirst, newestFirst.size() - executions), 1, Integer::sum);
      executions = newestFirst.size();
    }
    System.out.printf(
        "%d kills within %d ms: %s; %d left a server; seed %d%n",
        kills, millis, places, orphans, seed);
  }

  /** Commands that have started their engine and database in this home, as its log tells. */
  private static long starts(Path home) throws IOException {
    Path log = home.resolve("logs/assay.log");
    if (!Files.exists(log)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("engine and database started")).count();
    }
  }

  private static void awaitStart(Path home, CommandProcess victim, long before) throws Exception {
    while (victim.isAlive() && starts(home) == before) {
      Thread.sleep(5);
    }
  }

  /** What one command printed, and how long it took. */
  private record Result(String outcomeRoot, String err, long millis) {}

  private CommandProcess start(Path home) throws Exception {
    return CommandProcess.start(
        folder,
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

  private Result validate(Path home) throws Exception {
    long start = System.nanoTime();
    try (CommandProcess command = start(home)) {
      assertThat(command.await()).as(command.err()).isEqualTo(BAD_RUNS);
      JsonObject result =
          (JsonObject) JsonReader.read(command.out().getBytes(StandardCharsets.UTF_8));
      JsonString root = (JsonString) result.members().get("outcomeRoot");
      return new Result(root.value(), command.err(), (System.nanoTime() - start) / 1_000_000);
    }
  }

  /**
   * Where the kill hit, by how many executions there are more: the killed one, if any, and ours.
   */
  private Place place(List<Execution> newestFirst, int more) {
    if (more == 1) {
      return Place.BEFORE_IT_WAS_ALLOCATED;
    }
    assertThat(more).isEqualTo(2);
    Execution killed = newestFirst.get(1);
    if (neverPlanned.contains(killed.workflowId())) {
      return Place.BEFORE_IT_WAS_PLANNED;
    }
    return killed.state() == ExecutionState.SEALED
        ? Place.AFTER_IT_WAS_SEALED
        : Place.BEFORE_IT_WAS_SEALED;
  }

  /** Checks that the record tells each execution's end, the last one's last; newest first. */
  private List<Execution> recorded(Path folder, String err) throws Exception {
    try (Home home = Home.openStores(folder)) {
      assertThat(home.verify().status()).isEqualTo(VerifyStatus.INTACT);
      assertThat(home.verify().anchored()).isTrue();
      List<Execution> newestFirst = home.registry().executions().list("validate", 1_000);
      assertThat(newestFirst.getFirst().state()).isEqualTo(ExecutionState.SEALED);
      int told = 0;
      for (Execution execution : newestFirst) {
        boolean sealed = execution.state() == ExecutionState.SEALED;
        assertThat(sealed || execution.state() == ExecutionState.ABANDONED).isTrue();
        if (err.contains(execution.workflowId() + " was started and never planned")) {
          assertThat(neverPlanned.add(execution.workflowId())).as("told once").isTrue();
          told++;
        }
        assertThat(entries(home, execution, EntryKind.VALIDATION_SEALED)).hasSize(sealed ? 1 : 0);
        boolean begun = !neverPlanned.contains(execution.workflowId());
        assertThat(entries(home, execution, EntryKind.VALIDATION_PLANNED))
            .hasSizeLessThanOrEqualTo(begun ? 1 : 0);
        assertThat(entries(home, execution, EntryKind.VALIDATION_ABANDONED))
            .hasSize(begun && !sealed ? 1 : 0);
        told += err.contains(execution.workflowId() + " was never sealed") ? 1 : 0;
      }
      boolean expected =
          newestFirst.size() > 1 && newestFirst.get(1).state() == ExecutionState.ABANDONED;
      assertThat(told).as(err).isEqualTo(expected ? 1 : 0);
      return newestFirst;
    }
  }

  private static List<StoredEntry> entries(Home home, Execution execution, String kind) {
    return home.ledger().log(LogFilter.ALL.withWorkflowId(execution.workflowId()).withKind(kind));
  }
}
