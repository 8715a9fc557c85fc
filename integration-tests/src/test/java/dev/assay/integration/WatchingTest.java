package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the Web UI shows of validations, as Temporal's API gives it to the Web UI. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WatchingTest {
  private static final int BAD_RUNS = 1;

  /** One more than a run of the workflow takes, a run each. */
  private static final int SHARDS = 401;

  @TempDir private static Path folder;
  private static UpHome up;
  private static Home home;
  private static EngineView engine;

  @BeforeAll
  static void start() throws Exception {
    up = UpHome.start(folder, folder.resolve("home"));
    home = Home.ofUp(up.folder());
    engine = EngineView.of(up);
  }

  @AfterAll
  static void close() throws Exception {
    engine.close();
    home.close();
    up.close();
  }

  @Test
  void validation_whileJudgedAndAfter_tellsWhatItIsAndHowFar() throws Exception {
    String workflowId;
    try (CommandProcess command = validate("watched", Inputs.MLRUNS, Inputs.MLRUNS_POLICY, 10)) {
      try (DatabaseHold _ = DatabaseHold.take(up, DatabaseHold.JUDGES)) {
        workflowId = planned("watched");
        engine.pending(workflowId, "JudgeShard");
        assertThat(currentDetails(workflowId))
            .contains(
                "| phase | shards | runs | PASS | WARN | FAIL |",
                "| JUDGING | 0 of 4 | 0 of 38 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "`assay workflow wait '" + workflowId + "'`",
                "`assay workflow cancel '" + workflowId + "'`");
      }
      assertThat(command.await()).as(command.err()).isEqualTo(BAD_RUNS);
    }
    Execution execution = execution("watched");
    DescribeWorkflowExecutionResponse described = engine.describe(workflowId);
    UserMetadata start = described.getExecutionConfig().getUserMetadata();

    assertThat(EngineView.text(start.getSummary())).isEqualTo("38 runs under image-classifiers");
    assertThat(EngineView.text(start.getDetails()))
        .contains(
            "38 runs judged under policy **image-classifiers**",
            "- ledger `main`",
            "- 4 shards at once, of up to 10 runs",
            "`assay workflow wait '" + workflowId + "'`")
        .containsPattern("policy `[0-9a-f]{64}`")
        .containsPattern("import set `[0-9a-f-]{36}`")
        .doesNotContain(folder.toString(), Inputs.MLRUNS.toString());
    assertThat(currentDetails(workflowId))
        .contains(
            "| SEALED | 4 of 4 | 38 of 38 | 30 | 0 | 7 | 1 | 0 | 8 |",
            "- outcome root `%s`, sealed in entries %d to %d"
                .formatted(
                    execution.seal().orElseThrow().outcomeRoot(),
                    execution.seal().orElseThrow().firstIndex(),
                    execution.seal().orElseThrow().lastIndex()),
            "- checkpoint signed over %d entries".formatted(home.ledger().head().size()));
    assertThat(summaries(workflowId))
        .isEqualTo(
            Map.of(
                "PlanValidation",
                Set.of("fix what will be judged"),
                "JudgeShard",
                Set.of(
                    "judge runs 0–9", "judge runs 10–19", "judge runs 20–29", "judge runs 30–37"),
                "RecordShard",
                Set.of(
                    "record runs 0–9",
                    "record runs 10–19",
                    "record runs 20–29",
                    "record runs 30–37"),
                "SealValidation",
                Set.of("end the validation in the ledger"),
                "DigestHistory",
                Set.of("digest this history"),
                "SignCheckpoint",
                Set.of("sign the end of ledger main")));
    assertThat(attributes(described.getWorkflowExecutionInfo()))
        .containsEntry("AssayPolicy", "image-classifiers")
        .containsEntry("AssayVerdict", "FAIL");
    UpHome.await("listed by its verdict", () -> listed("AssayVerdict = 'FAIL'", workflowId));
    assertThat(listed("AssayPolicy = 'image-classifiers' AND AssayVerdict = 'FAIL'", workflowId))
        .isTrue();
    assertThat(listed("AssayVerdict = 'PASS'", workflowId)).isFalse();
  }

  /** A cancellation after the seal takes nothing back: the result is on record, and shown. */
  @Test
  void cancel_sealedAndNobodySigns_showsTheResultAndWhatIsMissing() throws Exception {
    List<ProcessHandle> signer = List.of(up.process(UpHome.Part.SIGNER));
    Signals.send("STOP", signer);
    try (CommandProcess waiting = validate("unsigned", Inputs.WINE, Inputs.MLRUNS_POLICY, 10)) {
      waiting.awaitErr("it is sealed, and waits for a signer");
      try (CommandProcess cancel = up.command("workflow", "cancel", "unsigned")) {
        assertThat(cancel.await()).as(cancel.err()).isZero();
      }
      String root = execution("unsigned").seal().orElseThrow().outcomeRoot().hex();
      assertThat(waiting.await()).as(waiting.err()).isEqualTo(BAD_RUNS);
      assertThat(waiting.err())
          .contains("is sealed, but its workflow ended", "it was cancelled", "ledger checkpoint");
      assertThat(waiting.out()).contains(root);
      try (CommandProcess later = up.command("workflow", "wait", "unsigned", "--format", "json")) {
        assertThat(later.await()).as(later.err()).isEqualTo(BAD_RUNS);
        assertThat(later.err()).contains("is sealed, but its workflow ended");
        assertThat(later.out()).contains(root);
      }
    } finally {
      Signals.send("CONT", signer);
    }
  }

  /** The engine gives a run that continues another neither summary nor details. */
  @Test
  void validation_continuedAsNew_tellsTheSameInItsCurrentDetails() throws Exception {
    Path runs = MadeUpRuns.write(folder, SHARDS);
    try (CommandProcess command = validate("chain", runs, MadeUpRuns.policy(folder), 1)) {
      assertThat(command.await()).as(command.err()).isEqualTo(BAD_RUNS);
    }
    String workflowId = execution("chain").workflowId();
    DescribeWorkflowExecutionResponse last = engine.describe(workflowId);
    WorkflowExecutionInfo info = last.getWorkflowExecutionInfo();

    assertThat(info.getFirstRunId()).isNotEqualTo(info.getExecution().getRunId());
    assertThat(last.getExecutionConfig().getUserMetadata())
        .isEqualTo(UserMetadata.getDefaultInstance());
    assertThat(currentDetails(workflowId))
        .contains(
            "| SEALED | 401 of 401 | 401 of 401 | 392 | 0 | 9 | 0 | 0 | 9 |",
            "- ledger `main`",
            "`assay workflow wait '" + workflowId + "'`")
        .containsPattern("policy made-up `[0-9a-f]{64}`")
        .containsPattern("import set `[0-9a-f-]{36}`");
    assertThat(attributes(info))
        .containsEntry("AssayPolicy", "made-up")
        .containsEntry("AssayVerdict", "FAIL");
  }

  @Test
  void namespace_ofUp_keepsFinishedWorkflowsForAQuarter() {
    assertThat(
            engine
                .engine()
                .stubs()
                .blockingStub()
                .describeNamespace(
                    DescribeNamespaceRequest.newBuilder()
                        .setNamespace(engine.engine().namespace())
                        .build())
                .getConfig()
                .getWorkflowExecutionRetentionTtl()
                .getSeconds())
        .isEqualTo(Duration.ofDays(90).toSeconds());
  }

  private static CommandProcess validate(String id, Path runs, Path policy, int shardSize)
      throws Exception {
    return up.command(
        "validate",
        runs.toString(),
        "--policy",
        policy.toString(),
        "--id",
        id,
        "--shard-size",
        Integer.toString(shardSize),
        "--parallel",
        shardSize == 1 ? "16" : "4");
  }

  private static String planned(String id) throws InterruptedException {
    UpHome.await(
        id + " is planned",
        () ->
            home.registry()
                .executions()
                .latest("validate", id)
                .filter(found -> found.state() == ExecutionState.STARTED)
                .isPresent());
    return execution(id).workflowId();
  }

  private static Execution execution(String id) {
    return home.registry().executions().latest("validate", id).orElseThrow();
  }

  /** As the Web UI asks for them. */
  private static String currentDetails(String workflowId) {
    return engine
        .client()
        .newUntypedWorkflowStub(workflowId)
        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails();
  }

  /** Of each activity type, what its activities are called. */
  private static Map<String, Set<String>> summaries(String workflowId) {
    Map<String, Set<String>> summaries = new TreeMap<>();
    engine.history(workflowId).stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .forEach(
            event ->
                summaries
                    .computeIfAbsent(
                        event.getActivityTaskScheduledEventAttributes().getActivityType().getName(),
                        _ -> new TreeSet<>())
                    .add(EngineView.text(event.getUserMetadata().getSummary())));
    return summaries;
  }

  private static Map<String, String> attributes(WorkflowExecutionInfo info) {
    Map<String, String> attributes = new TreeMap<>();
    info.getSearchAttributes()
        .getIndexedFieldsMap()
        .forEach(
            (name, payload) -> {
              if (name.startsWith("Assay")) {
                attributes.put(name, EngineView.text(payload));
              }
            });
    return attributes;
  }

  private static boolean listed(String query, String workflowId) {
    List<WorkflowExecutionInfo> found =
        engine
            .engine()
            .stubs()
            .blockingStub()
            .listWorkflowExecutions(
                ListWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(engine.engine().namespace())
                    .setQuery(query)
                    .build())
            .getExecutionsList();
    return found.stream().anyMatch(info -> info.getExecution().getWorkflowId().equals(workflowId));
  }
}
