package dev.assay.activities.validation;

import dev.assay.activities.Retryable;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.Seal;
import dev.assay.workflows.validation.SealingActivities;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationRequest;
import dev.assay.workflows.validation.VerdictCounts;
import java.util.Optional;

/** {@link SealingActivities}. */
final class SealingActivitiesImpl implements SealingActivities {
  private static final String ACTOR = "assay/sealer";

  private final ValidationServices services;

  SealingActivitiesImpl(ValidationServices services) {
    this.services = services;
  }

  @Override
  public ValidationOutcome seal(SealRequest request) {
    return Retryable.unlessHopeless(() -> sealPlan(request));
  }

  @Override
  public void abandon(AbandonRequest request) {
    Retryable.unlessHopeless(
        () -> {
          String workflowId = request.validation().workflowId();
          Receipt receipt =
              append(
                  request.validation(),
                  workflowId + "/abandoned",
                  EntryKind.VALIDATION_ABANDONED,
                  "ABANDONED",
                  JsonObject.EMPTY.with("reason", request.reason()));
          services.registry().executions().abandoned(workflowId);
          return receipt;
        });
  }

  private ValidationOutcome sealPlan(SealRequest request) {
    ValidationRequest validation = request.validation();
    RecordedOutcome recorded =
        new RecordedOutcome(services, validation.workflowId(), new Sha256(request.planDigest()));
    if (validation.options().dryRun()) {
      return outcome(request, recorded.unsignedRoot(), -1, -1);
    }
    Sha256 root = recorded.root();
    JsonObject summary = summary(request.counts());
    Receipt receipt =
        append(
            validation,
            validation.workflowId() + "/sealed",
            EntryKind.VALIDATION_SEALED,
            "SEALED",
            summary
                .with("outcomeRoot", root.hex())
                .with("planDigest", request.planDigest())
                .with("policyDigest", validation.policyDigest()));
    services
        .registry()
        .executions()
        .sealed(
            validation.workflowId(),
            new Seal(root, request.firstIndex(), receipt.index(), summary));
    return outcome(request, root, request.firstIndex(), receipt.index());
  }

  private Receipt append(
      ValidationRequest validation, String key, String kind, String outcome, JsonObject payload) {
    return services
        .ledgers()
        .ledger(validation.ledger())
        .append(
            new NewEntry(
                key,
                kind,
                ACTOR,
                validation.workflowId(),
                outcome,
                services.clock().instant(),
                Entries.correlation(),
                payload));
  }

  private static ValidationOutcome outcome(
      SealRequest request, Sha256 root, long firstIndex, long lastIndex) {
    return new ValidationOutcome(
        request.planDigest(),
        root.hex(),
        request.counts(),
        firstIndex,
        lastIndex,
        Optional.empty());
  }

  private static JsonObject summary(VerdictCounts counts) {
    return JsonObject.EMPTY
        .with("fail", counts.fail())
        .with("indeterminate", counts.indeterminate())
        .with("pass", counts.pass())
        .with("quarantined", counts.quarantined())
        .with("runs", counts.runs())
        .with("unselected", counts.unselected())
        .with("warn", counts.warn());
  }
}
