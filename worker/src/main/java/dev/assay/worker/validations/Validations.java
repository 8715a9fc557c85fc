package dev.assay.worker.validations;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.plan.PlannedRun;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.Allocation;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import dev.assay.registry.Registry;
import dev.assay.registry.SetMember;
import dev.assay.worker.Stack;
import dev.assay.worker.imports.StagedRuns;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.validation.ValidationAttributes;
import dev.assay.workflows.validation.ValidationOptions;
import dev.assay.workflows.validation.ValidationRequest;
import dev.assay.workflows.validation.ValidationWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Starts validations of staged runs on a stack with an engine. */
public final class Validations {
  private static final String KIND = "validate";
  private static final String ACTOR = "assay/cli";

  /** A database that restarts is back within seconds; the embedded one doesn't come back alone. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Where others mend what is broken, they need the time that people need. */
  private static final Duration DURABLE_PATIENCE = Duration.ofMinutes(10);

  private final Stack stack;
  private final String ledger;
  private final Duration patience;

  /**
   * @param ledger the ledger that records them
   */
  public Validations(Stack stack, String ledger) {
    this(stack, ledger, stack.chosen().workersElsewhere() ? DURABLE_PATIENCE : PATIENCE);
  }

  /**
   * @param ledger the ledger that records them
   * @param patience how long one may stand still while something is wrong, before it is given up
   */
  public Validations(Stack stack, String ledger, Duration patience) {
    this.stack = stack;
    this.ledger = ledger;
    this.patience = patience;
  }

  /**
   * Starts one.
   *
   * @param id what the user calls it; if absent, it follows from policy and runs
   * @param incomplete told of each earlier execution of this id that never ended, once and as it
   *     was found: STARTED or, if its process ended before it was planned, ALLOCATED
   * @throws dev.assay.registry.InputsDifferException if the id was used for other inputs
   */
  public StartedValidation start(
      ValidationPolicy policy,
      StagedRuns runs,
      Optional<String> id,
      ValidationOptions options,
      Consumer<Execution> incomplete) {
    Registry registry = stack.storage().registry();
    Sha256 policyDigest =
        registry.documents().save(ValidationPolicy.KIND, CanonicalJson.encode(policy.toJson()));
    String workflowId = "%s/dry-run-%s#1".formatted(KIND, UUID.randomUUID());
    if (!options.dryRun()) {
      Sha256 inputs = inputs(policyDigest, runs.set());
      String name = id.orElse(policy.name() + "-" + inputs.abbreviated());
      Optional<Execution> running = running(name, inputs);
      if (running.isPresent()) {
        return new StartedValidation(stack, running.get().workflowId(), true, patience);
      }
      workflowId = allocate(name, inputs, incomplete);
    }
    ValidationRequest request =
        new ValidationRequest(
            workflowId, ledger, policyDigest.hex(), runs.set().toString(), supported(options));
    start(request, policy, runs);
    return new StartedValidation(stack, workflowId, false, patience);
  }

  /**
   * One that was started before.
   *
   * @param workflowId with its ordinal
   */
  public StartedValidation follow(String workflowId) {
    return new StartedValidation(stack, workflowId, true, patience);
  }

  /** The same validation, if it is under way: a second one would only repeat it. */
  private Optional<Execution> running(String id, Sha256 inputs) {
    return stack
        .storage()
        .registry()
        .executions()
        .latest(KIND, id)
        .filter(Executing::open)
        .filter(latest -> latest.inputsDigest().equals(inputs))
        .filter(latest -> executing().stillRuns(latest));
  }

  private String allocate(String id, Sha256 inputs, Consumer<Execution> incomplete) {
    Allocation allocation = stack.storage().registry().executions().allocate(KIND, id, inputs);
    for (Execution unfinished : allocation.incomplete()) {
      if (!executing().mayStillRun(unfinished)) {
        incomplete.accept(unfinished);
        abandon(unfinished);
      }
    }
    return allocation.execution().workflowId();
  }

  private Executing executing() {
    return new Executing(stack.engine().engine(), InstantSource.system());
  }

  /** Neither running nor sealed: its process, or its engine's memory of it, is gone. */
  private void abandon(Execution unfinished) {
    stack
        .storage()
        .registry()
        .executions()
        .abandoned(
            unfinished.workflowId(),
            now -> {
              if (now.state() == ExecutionState.STARTED) {
                recordAbandoned(now, executing().end(now));
              } // else nothing of it is on record, and nothing has to be: the row alone is closed
            });
  }

  private void recordAbandoned(Execution unfinished, String reason) {
    stack
        .storage()
        .ledger(ledger)
        .append(
            new NewEntry(
                unfinished.workflowId() + "/abandoned",
                EntryKind.VALIDATION_ABANDONED,
                ACTOR,
                unfinished.workflowId(),
                "ABANDONED",
                Instant.now(),
                new Correlation(unfinished.workflowId(), "", ""),
                JsonObject.EMPTY.with("reason", reason)));
  }

  /** What makes two validations the same one: the policy and the revisions judged. */
  private Sha256 inputs(Sha256 policyDigest, UUID set) {
    MerkleRoot root = new MerkleRoot().add(policyDigest.bytes());
    stack
        .storage()
        .registry()
        .importSets()
        .sorted(
            set,
            ledger,
            members -> {
              members.forEachRemaining(found -> root.add(leaf(found.member())));
              return root.size();
            });
    return root.root();
  }

  private static byte[] leaf(SetMember member) {
    return new PlannedRun(
            member.identity(),
            member.runDigest(),
            member.artifactsNow(),
            Optional.empty(),
            Optional.empty())
        .leaf();
  }

  private ValidationOptions supported(ValidationOptions options) {
    return new ValidationOptions(
        options.parallelism(),
        options.shardSize(),
        options.dryRun(),
        options.searchAttributes() && attributesRegistered());
  }

  private boolean attributesRegistered() {
    return stack
        .engine()
        .engine()
        .capabilities()
        .searchAttributes()
        .containsAll(
            List.of(ValidationAttributes.POLICY.getName(), ValidationAttributes.VERDICT.getName()));
  }

  /** Always by start: the typed stub would swallow WorkflowExecutionAlreadyStarted. */
  private void start(ValidationRequest request, ValidationPolicy policy, StagedRuns runs) {
    WorkflowOptions.Builder options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(request.workflowId())
            .setTaskQueue(TaskQueues.WORK)
            .setStaticSummary(StartText.summary(request, policy, runs))
            .setStaticDetails(StartText.details(request, policy, runs));
    if (request.options().searchAttributes()) {
      options.setTypedSearchAttributes(
          SearchAttributes.newBuilder().set(ValidationAttributes.POLICY, policy.name()).build());
    }
    ValidationWorkflow workflow =
        stack.engine().engine().client().newWorkflowStub(ValidationWorkflow.class, options.build());
    try {
      WorkflowClient.start(workflow::validate, request);
    } catch (WorkflowExecutionAlreadyStarted e) {
      stack.storage().registry().executions().abandoned(request.workflowId());
      throw new ValidationFailedException(
          "the engine runs a workflow %s already, and it isn't this record's: another home or database starts workflows in namespace %s, or somebody by hand. Name another --id or --namespace, or end that one: temporal workflow terminate -w '%s'"
              .formatted(
                  request.workflowId(), stack.engine().engine().namespace(), request.workflowId()),
          e);
    }
  }
}
