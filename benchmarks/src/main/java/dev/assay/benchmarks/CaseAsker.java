package dev.assay.benchmarks;

import dev.assay.model.cases.CaseAction;
import dev.assay.model.digest.Sha256;
import dev.assay.registry.CaseFilter;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Registry;
import dev.assay.worker.Stack;
import dev.assay.worker.StackSettings;
import dev.assay.worker.cases.CaseClient;
import dev.assay.worker.choice.ConnectionFlags;
import dev.assay.worker.choice.EngineSelection;
import dev.assay.worker.choice.EngineWish;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.storage.DatabaseSettings;
import dev.assay.workflows.cases.CaseAsk;
import dev.assay.workflows.cases.CaseKeeperWorkflow;
import dev.assay.workflows.cases.CaseReply;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One who asks cases on a running {@code assay up}, as commands do, from a process that is warm.
 */
final class CaseAsker implements AutoCloseable {
  private static final String LEDGER = "main";
  private static final String RUNNING =
      "WorkflowType = 'QuarantineWorkflow' AND ExecutionStatus = 'Running'";
  private static final CaseAsk WORDS =
      CaseAsk.ofText(Sha256.of("looked at".getBytes(StandardCharsets.UTF_8)).hex());

  private final Stack stack;
  private final CaseClient client;
  private final List<String> ids;
  private final Random random = new Random(1);

  private CaseAsker(Stack stack) {
    this.stack = stack;
    this.client = new CaseClient(engine(stack), LEDGER);
    this.ids =
        stack
            .storage()
            .registry()
            .cases()
            .list(CaseFilter.undecided(LEDGER), Optional.empty(), Registry.MAX_PAGE)
            .stream()
            .map(CaseRow::id)
            .toList();
  }

  static CaseAsker of(Path home) {
    EngineSelection selection =
        new EngineSelection(EngineWish.LOCAL, ConnectionFlags.NONE, System.getenv());
    return new CaseAsker(
        Stack.openWithEngine(
            new StackSettings(
                home,
                selection.choose(home),
                new DatabaseSettings.Embedded(),
                "benchmark",
                _ -> {})));
  }

  private static Engine engine(Stack stack) {
    return stack.engine().engine();
  }

  /** Ids of open cases, others each time it is asked. */
  List<String> some(int count) {
    return random
        .ints(0, ids.size())
        .distinct()
        .limit(Math.min(count, ids.size()))
        .mapToObj(ids::get)
        .toList();
  }

  /** Milliseconds until the answer, which must not be a refusal. */
  double ask(String caseId, CaseAction action, CaseAsk ask) throws InterruptedException {
    long begun = System.nanoTime();
    CaseReply reply = client.ask(caseId, action, ask);
    double millis = (System.nanoTime() - begun) / 1e6;
    reply
        .refusal()
        .ifPresent(
            refusal -> {
              throw new IllegalStateException(caseId + ": " + refusal.text());
            });
    return millis;
  }

  double commentOnAny() throws InterruptedException {
    return ask(some(1).getFirst(), CaseAction.COMMENT, WORDS);
  }

  /** What an Update that carries words is given. */
  static CaseAsk words() {
    return WORDS;
  }

  int unstarted() {
    return stack.storage().registry().cases().unstarted(LEDGER, Registry.MAX_PAGE).size();
  }

  /** Waits until the engine's list has so many. */
  void awaitRunning(int count) throws InterruptedException {
    while (running() < count) {
      Thread.sleep(200);
    }
  }

  private long running() {
    return engine(stack)
        .stubs()
        .blockingStub()
        .countWorkflowExecutions(
            CountWorkflowExecutionsRequest.newBuilder()
                .setNamespace(engine(stack).namespace())
                .setQuery(RUNNING)
                .build())
        .getCount();
  }

  double keeperEvents() {
    return engine(stack)
        .client()
        .newUntypedWorkflowStub(CaseKeeperWorkflow.id(LEDGER))
        .describe()
        .getHistoryLength();
  }

  @Override
  public void close() {
    stack.close();
  }
}
