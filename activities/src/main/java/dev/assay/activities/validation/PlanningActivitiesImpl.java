package dev.assay.activities.validation;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.PlanHeader;
import dev.assay.model.plan.PlannedRun;
import dev.assay.registry.ImportSets;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.registry.SortedMember;
import dev.assay.workflows.validation.PlanningActivities;
import dev.assay.workflows.validation.ValidationRequest;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Consumer;

/** {@link PlanningActivities}: one pass to record and digest, one to store the plan. */
final class PlanningActivitiesImpl implements PlanningActivities {
  private static final String ACTOR = "assay/planner";

  private final ValidationServices services;
  private final Policies policies;

  PlanningActivitiesImpl(ValidationServices services, Policies policies) {
    this.services = services;
    this.policies = policies;
  }

  @Override
  public PlannedValidation plan(ValidationRequest request) {
    return Retryable.unlessHopeless(
        () -> request.options().dryRun() ? planOnly(request) : planAndRecord(request));
  }

  private PlannedValidation planOnly(ValidationRequest request) {
    PlanHeader header = header(request, _ -> {});
    store(request, header);
    return planned(request, header, -1);
  }

  private PlannedValidation planAndRecord(ValidationRequest request) {
    Registry registry = services.registry();
    Ledger ledger = services.ledgers().ledger(request.ledger());
    Instant now = services.clock().instant();
    registry.executions().started(request.workflowId());
    registry.runHeads().recordFirstArtifacts(UUID.fromString(request.importSet()));
    RevisionRecorder recorder = new RevisionRecorder(ledger, registry.runHeads(), now);
    PlanHeader header = header(request, recorder::add);
    recorder.flush();
    store(request, header);
    Receipt receipt =
        ledger.append(
            new NewEntry(
                request.workflowId() + "/planned",
                EntryKind.VALIDATION_PLANNED,
                ACTOR,
                request.workflowId(),
                "",
                now,
                Entries.correlation(),
                header
                    .toJson()
                    .with("planDigest", header.digest().hex())
                    .with("policyName", policies.get(request.policyDigest()).policy().name())));
    return planned(request, header, receipt.index());
  }

  private PlanHeader header(ValidationRequest request, Consumer<SortedMember> visitor) {
    MerkleRoot runs = new MerkleRoot();
    overSet(
        request,
        members -> {
          members.forEachRemaining(
              member -> {
                visitor.accept(member);
                runs.add(plannedRun(member.planRow()).leaf());
                heartbeat(member.ordinal());
              });
          return runs.size();
        });
    return new PlanHeader(
        new Sha256(request.policyDigest()),
        Evaluator.VERSION,
        Math.toIntExact(runs.size()),
        runs.root());
  }

  private void store(ValidationRequest request, PlanHeader header) {
    overSet(
        request,
        members ->
            services
                .registry()
                .plans()
                .write(
                    request.workflowId(), header.digest(), header.toJson(), new PlanRows(members)));
  }

  private <T> T overSet(
      ValidationRequest request, java.util.function.Function<Iterator<SortedMember>, T> reader) {
    ImportSets sets = services.registry().importSets();
    return sets.sorted(UUID.fromString(request.importSet()), request.ledger(), reader);
  }

  /** The plan's rows as they go by. */
  private record PlanRows(Iterator<SortedMember> members) implements Iterator<PlanRow> {
    @Override
    public boolean hasNext() {
      return members.hasNext();
    }

    @Override
    public PlanRow next() {
      PlanRow row = members.next().planRow();
      heartbeat(row.ordinal());
      return row;
    }
  }

  private static PlannedRun plannedRun(PlanRow row) {
    return new PlannedRun(
        row.identity(), row.runDigest(), row.artifactsNow(), row.artifactsFirst());
  }

  /** The engine throttles heartbeats itself; every 256 runs is about a millisecond apart. */
  private static void heartbeat(int ordinal) {
    if ((ordinal & 255) == 255) {
      Activity.getExecutionContext().heartbeat(ordinal);
    }
  }

  private PlannedValidation planned(ValidationRequest request, PlanHeader header, long index) {
    return new PlannedValidation(
        header.digest().hex(),
        policies.get(request.policyDigest()).policy().name(),
        header.runs(),
        index);
  }
}
