package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteSigner;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.plan.ShardStatement;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever reaches the engine completes activities of a running {@code assay up} with {@code
 * temporal activity complete}: nothing of that becomes a verdict, a seal or a result.
 */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OutsideCompletionTest {
  private static final int TAMPERED = 4;
  private static final int INTACT = 0;
  private static final int RUNS = 18;
  private static final String ZEROS = "0".repeat(64);

  @TempDir private Path folder;
  private UpHome up;
  private Home home;
  private EngineView engine;

  @BeforeEach
  void start() throws Exception {
    up = UpHome.start(folder, folder.resolve("home"));
    home = Home.ofUp(up.folder());
    engine = EngineView.of(up);
  }

  @AfterEach
  void close() throws Exception {
    engine.close();
    home.close();
    up.close();
  }

  @Test
  void complete_fromOutside_isNeverAVerdictASealOrAResult() throws Exception {
    judgedFromOutside("word", _ -> "\"PASS\"", "can't be read");
    judgedFromOutside("nothing", _ -> "null", "completed with nothing");
    judgedFromOutside("stranger", this::byAStranger, "no trusted worker signed it");
    judgedByAnotherShardsResult();
    sealedFromOutside();
    signedFromOutside();
    signedWithAWord();
    try (CommandProcess verify = up.command("ledger", "verify")) {
      assertThat(verify.await()).as(verify.out() + verify.err()).isEqualTo(INTACT);
    }
  }

  private void judgedFromOutside(String id, Forgery forgery, String why) throws Exception {
    try (DatabaseHold _ = DatabaseHold.take(up, DatabaseHold.JUDGES);
        CommandProcess command = validate(id)) {
      String workflowId = started(id, command);
      String activity = engine.pending(workflowId, "JudgeShard");
      String forged = forgery.of(engine.input(workflowId, activity));
      engine.complete(folder, workflowId, activity, forged);
      abandoned(id, command, why);
      assertThat(entries(workflowId, EntryKind.RUN_VERDICT)).isEmpty();
    }
  }

  /** The signature is good, and by a trusted worker: about other runs of the same validation. */
  private void judgedByAnotherShardsResult() throws Exception {
    String id = "replayed";
    try (CommandProcess command = validate(id);
        DatabaseHold _ = afterAVerdict(id, command, DatabaseHold.JUDGES)) {
      String workflowId = execution(id).workflowId();
      String activity = engine.pending(workflowId, "JudgeShard");
      String genuine = engine.firstReply(workflowId, "JudgeShard").orElseThrow();
      engine.complete(folder, workflowId, activity, genuine);
      abandoned(id, command, "was completed with a result of " + workflowId);
      assertThat(entries(workflowId, EntryKind.RUN_VERDICT)).hasSizeBetween(1, RUNS - 1);
    }
  }

  private void sealedFromOutside() throws Exception {
    String id = "sealed";
    try (CommandProcess command = validate(id);
        DatabaseHold _ = afterAVerdict(id, command, DatabaseHold.SEALS)) {
      String workflowId = execution(id).workflowId();
      String activity = engine.pending(workflowId, "SealValidation");
      engine.complete(
          folder,
          workflowId,
          activity,
          """
          {"planDigest": "%1$s", "outcomeRoot": "%1$s", "firstIndex": 0, "lastIndex": 1,
           "counts": {"pass": 18, "warn": 0, "fail": 0, "indeterminate": 0, "unselected": 0, "quarantined": 0}}
          """
              .formatted(ZEROS));
      refused(command, "the engine says it ended with outcome root " + ZEROS);
      // The worker's own seal may be there, with the true root.
      assertThat(entries(workflowId, EntryKind.VALIDATION_SEALED))
          .noneMatch(entry -> entry.payload().toString().contains(ZEROS));
    }
  }

  /** The ledger's true end, signed with a key that calls itself as the signer's does. */
  private void signedFromOutside() throws Exception {
    String id = "signed";
    List<ProcessHandle> signer = List.of(up.process(UpHome.Part.SIGNER));
    Signals.send("STOP", signer);
    try (CommandProcess command = validate(id)) {
      String workflowId = started(id, command);
      String activity = engine.pending(workflowId, "SignCheckpoint");
      Checkpoint end = home.ledger().head().checkpoint();
      NoteSigner stranger = stranger(end.origin());
      String forged =
          json(
              JsonObject.EMPTY
                  .with("note", stranger.sign(end.text()).toString())
                  .with("origin", end.origin())
                  .with("root", end.root().hex())
                  .with("size", end.size())
                  .with("verifierKey", stranger.verifierKey().toString()));
      engine.complete(folder, workflowId, activity, forged);
      refused(command, "KEY_SUBSTITUTED", stranger.verifierKey().toString());
      assertThat(execution(id).state()).isEqualTo(ExecutionState.SEALED);
    } finally {
      Signals.send("CONT", signer);
    }
  }

  /** The result is on record; that nothing is signed is told, then and later. */
  private void signedWithAWord() throws Exception {
    String id = "unsigned";
    List<ProcessHandle> signer = List.of(up.process(UpHome.Part.SIGNER));
    Signals.send("STOP", signer);
    try (CommandProcess command = validate(id)) {
      String workflowId = started(id, command);
      engine.complete(folder, workflowId, engine.pending(workflowId, "SignCheckpoint"), "\"PASS\"");
      refused(command, "is sealed, but its workflow ended", "a reply that can't be read");
      assertThat(execution(id).state()).isEqualTo(ExecutionState.SEALED);
      try (CommandProcess later = up.command("workflow", "wait", workflowId)) {
        refused(later, "is sealed, but its workflow ended");
      }
    } finally {
      Signals.send("CONT", signer);
    }
  }

  private void abandoned(String id, CommandProcess command, String why) throws Exception {
    refused(command, why);
    Execution execution = execution(id);
    assertThat(execution.state()).isEqualTo(ExecutionState.ABANDONED);
    assertThat(entries(execution.workflowId(), EntryKind.VALIDATION_SEALED)).isEmpty();
    assertThat(entries(execution.workflowId(), EntryKind.VALIDATION_ABANDONED))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.payload().toString()).contains("ResultForgedException", why));
  }

  private static void refused(CommandProcess command, String... why) throws Exception {
    assertThat(command.await()).as(command.err()).isEqualTo(TAMPERED);
    assertThat(command.err()).contains(why).doesNotContain("a bug in assay");
    assertThat(command.out()).isEmpty();
  }

  /** A well-formed result of this shard, that no worker has signed. */
  private String byAStranger(String input) {
    JsonObject shard = (JsonObject) JsonReader.read(input.getBytes(StandardCharsets.UTF_8));
    ShardStatement statement =
        new ShardStatement(
            string(shard, "workflowId"),
            new Sha256(string(shard, "planDigest")),
            number(shard, "from"),
            number(shard, "to"),
            new Sha256(ZEROS));
    String worker = home.stack().storage().resultSigner().verifierKey().name();
    return json(
        JsonObject.EMPTY
            .with("findingsRoot", ZEROS)
            .with("note", stranger(worker).sign(statement.text()).toString())
            .with("shard", shard));
  }

  private NoteSigner stranger(String name) {
    return CheckpointSigners.noteSigner(
        folder.resolve("test-only-%s.pem".formatted(name.hashCode())), name);
  }

  private static String json(JsonObject object) {
    return new String(CanonicalJson.encode(object), StandardCharsets.UTF_8);
  }

  private static String string(JsonObject object, String name) {
    return ((JsonString) object.members().get(name)).value();
  }

  private static int number(JsonObject object, String name) {
    return (int) ((JsonNumber) object.members().get(name)).value();
  }

  private CommandProcess validate(String id) throws Exception {
    return up.command(
        "validate",
        Inputs.WINE.toString(),
        "--policy",
        Inputs.MLRUNS_POLICY.toString(),
        "--id",
        id,
        "--shard-size",
        "1",
        "--parallel",
        "1");
  }

  /** Waits until it is planned. */
  private String started(String id, CommandProcess command) throws Exception {
    UpHome.await(
        id + " is planned",
        () ->
            !command.isAlive()
                || home.registry()
                    .executions()
                    .latest("validate", id)
                    .filter(found -> found.state() != ExecutionState.ALLOCATED)
                    .isPresent());
    return execution(id).workflowId();
  }

  private DatabaseHold afterAVerdict(String id, CommandProcess command, String lock)
      throws Exception {
    String workflowId = started(id, command);
    UpHome.await("a verdict", () -> !entries(workflowId, EntryKind.RUN_VERDICT).isEmpty());
    return DatabaseHold.take(up, lock);
  }

  private Execution execution(String id) {
    return home.registry().executions().latest("validate", id).orElseThrow();
  }

  private List<StoredEntry> entries(String workflowId, String kind) {
    return home.ledger().log(LogFilter.ALL.withWorkflowId(workflowId).withKind(kind));
  }

  @FunctionalInterface
  private interface Forgery {
    String of(String input) throws Exception;
  }
}
