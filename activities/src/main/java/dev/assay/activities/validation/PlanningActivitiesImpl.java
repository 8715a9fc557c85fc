package dev.assay.activities.validation;

import dev.assay.activities.Entries;
import dev.assay.activities.Retryable;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.PlanHeader;
import dev.assay.registry.ImportSets;
import dev.assay.registry.Registry;
import dev.assay.registry.SortedMember;
import dev.assay.workflows.validation.PlanningActivities;
import dev.assay.workflows.validation.ValidationRequest;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** {@link PlanningActivities}: one pass over the import set records, digests and stores. */
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
    return planned(request, write(request, _ -> {}), -1);
  }

  private PlannedValidation planAndRecord(ValidationRequest request) {
    Registry registry = services.registry();
    Ledger ledger = services.ledgers().ledger(request.ledger());
    Instant now = services.clock().instant();
    registry.executions().started(request.workflowId());
    registry.runHeads().recordFirstArtifacts(UUID.fromString(request.importSet()));
    RevisionRecorder recorder =
        new RevisionRecorder(
            ledger,
            registry.runHeads(),
            now,
            Entries.correlation(),
            new CaseChanges(services.cases(), request));
    PlanHeader header = write(request, recorder::add);
    recorder.flush();
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

  /** One pass over the set: each member is visited, digested and written. */
  private PlanHeader write(ValidationRequest request, Consumer<SortedMember> visitor) {
    PinnedInputs pinned =
        PinnedInputs.resolve(
            services.registry(), request, policies.get(request.policyDigest()).policy());
    return overSet(
        request,
        members -> {
          PlanRows rows =
              new PlanRows(new Sha256(request.policyDigest()), members, visitor, pinned);
          services
              .registry()
              .plans()
              .write(
                  request.workflowId(),
                  policies.get(request.policyDigest()).evaluator().plannedChecks(),
                  rows,
                  rows::registryHeader);
          return rows.header();
        });
  }

  private <T> T overSet(
      ValidationRequest request, java.util.function.Function<Iterator<SortedMember>, T> reader) {
    ImportSets sets = services.registry().importSets();
    return sets.sorted(UUID.fromString(request.importSet()), request.ledger(), reader);
  }

  private PlannedValidation planned(ValidationRequest request, PlanHeader header, long index) {
    return new PlannedValidation(
        header.digest().hex(),
        policies.get(request.policyDigest()).policy().name(),
        header.runs(),
        index,
        Optional.of(policies.get(request.policyDigest()).policy().observes()));
  }
}
