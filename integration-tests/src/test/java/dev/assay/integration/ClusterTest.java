package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.registry.ExecutionState;
import dev.assay.worker.anchors.AnchorList;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.WorkflowDescription;
import dev.assay.worker.engine.WorkflowDescriptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The arrangement of docker-compose.temporal.yml as processes: two workers and a signer, each with
 * its own home, and commands from a fourth.
 */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClusterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RUNS = 600;

  @TempDir private static Path folder;

  private static Cluster cluster;
  private static List<ClusterWorker> workers = List.of();
  private static ClusterWorker signer;
  private static Path runs = Path.of("");
  private static Path policy = Path.of("");
  private static String outcomeRoot = "";

  @BeforeAll
  static void start() throws Exception {
    runs = MadeUpRuns.write(folder, RUNS);
    policy = MadeUpRuns.policy(folder);
    cluster = Cluster.start(folder);
    cluster.makeKeys("worker-1", "worker-2");
    List<ClusterWorker> starting =
        List.of(cluster.worker("worker", "worker-1"), cluster.worker("worker", "worker-2"));
    signer = cluster.worker("signer", "signer").awaitReady();
    for (ClusterWorker worker : starting) {
      worker.awaitReady();
    }
    workers = new ArrayList<>(starting);
    try (Home embedded = Home.open(folder.resolve("home-embedded"))) {
      outcomeRoot = embedded.validate(policy, runs).outcome().outcomeRoot();
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void validate_onTheCluster_givesTheEmbeddedOutcomeAndAnAnchor() throws Exception {
    double[] before = workers.stream().mapToDouble(ClusterTest::activities).toArray();

    JsonNode result = json(1, validate("cluster"));

    assertThat(result.path("outcomeRoot").asText()).isEqualTo(outcomeRoot);
    for (int i = 0; i < before.length; i++) {
      assertThat(activities(workers.get(i)))
          .as("activities of worker %d", i)
          .isGreaterThan(before[i]);
    }
    JsonNode verified = json(0, "ledger", "verify");
    assertThat(verified.path("status").asText()).isEqualTo("intact");
    assertThat(verified.path("anchored").asBoolean()).isTrue();
    assertThat(verified.path("checkpoint").asText()).isEqualTo("agrees");
    assertThat(keys("client")).contains("remote-main.vkey", "remote-main.signed");
    assertThat(keys("signer")).contains("checkpoint-main.pem", "checkpoint-main.signed");
    for (String home : List.of("client", "worker-1", "worker-2")) {
      assertThat(keys(home)).doesNotContain("checkpoint-main.pem");
    }
  }

  @Test
  void ledgerCheckpoint_fromAHomeWithoutTheKey_isTheSigners() throws Exception {
    json(1, validate("checkpointed"));
    JsonNode signed = json(0, "ledger", "checkpoint");

    assertThat(Files.readString(cluster.home("client").resolve("keys/remote-main.signed")))
        .isEqualTo(signed.path("note").asText())
        .isEqualTo(Files.readString(cluster.home("signer").resolve("keys/checkpoint-main.signed")));
    assertThat(keys("client")).doesNotContain("checkpoint-main.pem");
  }

  @Test
  void ledgerCheckpoint_again_asksTheOneWorkflowAndTheSignersAnchorHasIt() throws Exception {
    json(1, validate("anchored"));
    Path anchor = Files.createDirectory(folder.resolve("anchor"));
    AnchorList anchors = new AnchorList(cluster.home("signer"));
    anchors.add(anchor);
    anchors.add(folder.resolve("dead-anchor"));
    try (Engine engine = cluster.engine()) {
      JsonNode first = json(0, "ledger", "checkpoint");
      WorkflowDescription before = WorkflowDescriptions.of(engine, "checkpoint/main").orElseThrow();
      try (CommandProcess command = cluster.command("ledger", "checkpoint")) {
        assertThat(command.await()).as(command.err()).isZero();
        assertThat(command.err())
            .contains("the checkpoint is signed, but not published", "dead-anchor");
        assertThat(command.out()).isEqualTo(first.path("note").asText());
      }
      WorkflowDescription after = WorkflowDescriptions.of(engine, "checkpoint/main").orElseThrow();
      assertThat(after.running()).isTrue();
      assertThat(after.runId()).isEqualTo(before.runId());
      assertThat(after.historyEvents()).isGreaterThan(before.historyEvents());
      for (JsonNode key : first.path("keys")) {
        SignedNote.parse(first.path("note").asText()).verify(VerifierKey.parse(key.asText()));
      }
      assertThat(first.path("keys")).hasSize(2);
      assertThat(AnchorFolder.read(anchor, first.path("origin").asText()).notes())
          .extracting(note -> note.note().toString())
          .containsExactly(first.path("note").asText());
    } finally {
      anchors.remove(anchor);
      anchors.remove(folder.resolve("dead-anchor"));
    }
  }

  @Test
  void ledgerCheckpoint_anotherKeyIsPinned_isExit4() throws Exception {
    json(1, validate("pinned"));
    Path pinned = cluster.home("client").resolve("keys/remote-main.vkey");
    String right = Files.readString(pinned);
    Files.writeString(pinned, Files.readString(otherKey()));
    try (CommandProcess command = cluster.command("ledger", "checkpoint")) {
      assertThat(command.await()).as(command.err()).isEqualTo(4);
      assertThat(command.err()).contains("KEY_SUBSTITUTED", pinned.toString());
    } finally {
      Files.writeString(pinned, right);
    }
  }

  @Test
  void worker_terminatedInTheMiddle_exits0AndTheValidationEnds() throws Exception {
    detached("survives", "4", "--parallel", "4");
    ClusterWorker victim = workers.getFirst();
    double before = activities(victim);
    UpHome.await("it works on shards", () -> activities(victim) > before + 3);
    long begun = System.nanoTime();
    victim.process().terminate();

    assertThat(victim.process().await()).as(victim.process().err()).isZero();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(30);
    try (CommandProcess wait =
        cluster.command("workflow", "wait", "survives", "--format", "json")) {
      assertThat(wait.await()).as(wait.err()).isEqualTo(1);
      assertThat(JSON.readTree(wait.out()).path("outcomeRoot").asText()).isEqualTo(outcomeRoot);
    }
    workers.set(0, cluster.worker("worker", "worker-1").awaitReady());
  }

  @Test
  void workflowCancel_running_isAbandonedAsCancelled() throws Exception {
    detached("cancelled", "1", "--parallel", "1");
    json(0, "workflow", "cancel", "cancelled");

    try (Home home = Home.lookingOn(cluster.home("client"), cluster.clientEnvironment())) {
      UpHome.await(
          "it is abandoned",
          () ->
              home.registry().executions().latest("validate", "cancelled").orElseThrow().state()
                  == ExecutionState.ABANDONED);
      assertThat(
              home.ledger()
                  .log(
                      LogFilter.ALL
                          .withWorkflowId("validate/cancelled#1")
                          .withKind(EntryKind.VALIDATION_ABANDONED)))
          .singleElement()
          .satisfies(entry -> assertThat(entry.toString()).contains("cancelled"));
    }
  }

  @Test
  void workflowListAndShow_afterAValidation_tellRecordAndEngine() throws Exception {
    json(1, validate("shown"));

    JsonNode listed = json(0, "workflow", "list", "--limit", "100");
    assertThat(listed.path("workflows").findValuesAsText("workflowId"))
        .contains("validate/shown#1");
    JsonNode shown = json(0, "workflow", "show", "shown");
    assertThat(shown.path("state").asText()).isEqualTo("SEALED");
    assertThat(shown.path("outcomeRoot").asText()).isEqualTo(outcomeRoot);
    assertThat(shown.path("engine").path("status").asText()).containsIgnoringCase("completed");
  }

  @Test
  void statusAndDoctor_workersOnEachQueue_saySo() throws Exception {
    json(1, validate("asked"));

    JsonNode status = json(0, "status");
    assertThat(status.path("engine").path("mode").asText()).isEqualTo("configured");
    assertThat(status.path("engine").path("address").asText()).isEqualTo(cluster.address());
    JsonNode pollers = status.path("worker").path("pollers");
    assertThat(pollers.path("assay").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(pollers.path("assay-judge").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(pollers.path("assay-signer").asInt()).isEqualTo(1);
    assertThat(status.path("ledger").path("signer").asText()).startsWith("assay");
    JsonNode doctor = json(0, "doctor");
    assertThat(doctor.toString()).contains("queue assay-judge", "30 days").doesNotContain("FAIL");
  }

  @Test
  void readyz_databaseOrEngineGone_is503WithTheReason() throws Exception {
    cluster.databaseOpen(false);
    try {
      signer.awaitStatus(503);
      assertThat(signer.get("/readyz").body()).contains("the database doesn't answer");
      assertThat(signer.get("/healthz").status()).isEqualTo(200);
    } finally {
      cluster.databaseOpen(true);
    }
    signer.awaitStatus(200);
    cluster.stopEngine();
    try {
      signer.awaitStatus(503);
      assertThat(signer.get("/readyz").body()).contains("the engine doesn't answer");
    } finally {
      cluster.startEngine();
    }
    for (ClusterWorker worker : List.of(workers.get(0), workers.get(1), signer)) {
      worker.awaitStatus(200);
    }
    assertThat(json(1, validate("afterwards")).path("outcomeRoot").asText()).isEqualTo(outcomeRoot);
  }

  @Test
  void metrics_ofEachWorker_countWhatTheEngineGave() throws Exception {
    json(1, validate("counted"));

    UpHome.await("reported", () -> activities(signer) > 0);
    assertThat(workers.getFirst().get("/metrics").body())
        .contains("temporal_workflow_task_execution_latency", "task_queue=\"assay-judge\"", "jvm_");
  }

  @Test
  void log_ofAWorker_isAnObjectALineWithoutSecrets() throws Exception {
    json(1, validate("logged"));
    List<ClusterWorker> all = List.of(workers.get(0), workers.get(1), signer);
    for (ClusterWorker worker : all) {
      List<String> lines = worker.log();
      assertThat(lines).isNotEmpty();
      for (String line : lines) {
        JsonNode event = JSON.readTree(line);
        assertThat(event.path("timestamp").isNumber()).as(line).isTrue();
        assertThat(event.path("level").asText()).isIn("INFO", "WARN", "ERROR");
        assertThat(event.path("loggerName").asText()).isNotEmpty();
        assertThat(event.path("formattedMessage").asText()).isNotEmpty();
        assertThat(line).doesNotContain(Cluster.WRITER_PASSWORD, "PRIVATE KEY");
      }
    }
  }

  @Test
  void worker_signerThatMayRunPrograms_isRefusedAsUsage() throws Exception {
    try (CommandProcess command =
        cluster.command("worker", "--allow-commands", "--queues", "assay-signer")) {
      assertThat(command.await()).isEqualTo(2);
      assertThat(command.err()).contains("start two workers");
    }
  }

  /** A validation that goes on without its command, once it is in the record. */
  private static void detached(String id, String shardSize, String... options) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(validate(id, shardSize)));
    words.add("--detach");
    words.addAll(List.of(options));
    JsonNode started = json(0, words.toArray(String[]::new));
    assertThat(started.path("workflowId").asText()).isEqualTo("validate/%s#1".formatted(id));
  }

  private static String[] validate(String id) {
    return validate(id, "20");
  }

  private static String[] validate(String id, String shardSize) {
    return new String[] {
      "validate",
      runs.toString(),
      "--policy",
      policy.toString(),
      "--id",
      id,
      "--shard-size",
      shardSize
    };
  }

  private static JsonNode json(int exit, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--format", "json"));
    try (CommandProcess command = cluster.command(all.toArray(String[]::new))) {
      assertThat(command.await()).as(command.err() + command.out()).isEqualTo(exit);
      assertThat(command.err()).doesNotContain(Cluster.WRITER_PASSWORD);
      return JSON.readTree(command.out());
    }
  }

  private static double activities(ClusterWorker worker) {
    return worker.counted("temporal_activity_execution_latency_seconds_count");
  }

  private static List<String> keys(String home) throws Exception {
    try (var files = Files.list(cluster.home(home).resolve("keys"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** A vkey of the ledger's own name, and another key. */
  private static Path otherKey() throws Exception {
    String name =
        Files.readString(cluster.home("client").resolve("keys/remote-main.vkey"))
            .replaceFirst("(?s)[+].*", "");
    VerifierKey key = CheckpointSigners.noteSigner(folder.resolve("other.pem"), name).verifierKey();
    return Files.writeString(folder.resolve("other.vkey"), key + "\n");
  }
}
