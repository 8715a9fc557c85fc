package dev.assay.activities.validation;

import dev.assay.activities.Entries;
import dev.assay.activities.Retryable;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.Execution;
import dev.assay.registry.Seal;
import dev.assay.workflows.validation.SealingActivities;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationRequest;
import dev.assay.workflows.validation.VerdictCounts;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** {@link SealingActivities}. */
final class SealingActivitiesImpl implements SealingActivities {
  private static final String ACTOR = "assay/sealer";

  private final ValidationServices services;
  private final ReentrantLock ending = new ReentrantLock();

  SealingActivitiesImpl(ValidationServices services) {
    this.services = services;
  }

  @Override
  public ValidationOutcome seal(SealRequest request) {
    return Retryable.unlessHopeless(() -> sealPlan(request));
  }

  @Override
  public void abandon(AbandonRequest request) {
    Retryable.unlessHopeless(() -> alone(() -> recordAbandoned(request)));
  }

  private Execution recordAbandoned(AbandonRequest request) {
    String workflowId = request.validation().workflowId();
    return services
        .registry()
        .executions()
        .abandoned(
            workflowId,
            _ ->
                append(
                    request.validation(),
                    workflowId + "/abandoned",
                    EntryKind.VALIDATION_ABANDONED,
                    "ABANDONED",
                    JsonObject.EMPTY.with("reason", request.reason())));
  }

  private ValidationOutcome sealPlan(SealRequest request) {
    ValidationRequest validation = request.validation();
    RecordedOutcome recorded =
        new RecordedOutcome(services, validation.workflowId(), new Sha256(request.planDigest()));
    if (validation.options().dryRun()) {
      Sha256 root = recorded.unsignedRoot();
      recorded.requireCounts(request.counts());
      return outcome(request, root, -1, -1);
    }
    Sha256 root = recorded.root();
    recorded.requireCounts(request.counts());
    Execution sealed =
        alone(
            () ->
                services
                    .registry()
                    .executions()
                    .sealed(validation.workflowId(), () -> recordSealed(request, root)));
    if (request.counts().quarantined() > 0) {
      services.cases().opened(validation.ledger());
    }
    return outcome(
        request,
        root,
        request.firstIndex(),
        sealed.seal().map(Seal::lastIndex).orElse(request.lastIndex()));
  }

  private Seal recordSealed(SealRequest request, Sha256 root) {
    ValidationRequest validation = request.validation();
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
    return new Seal(root, request.firstIndex(), receipt.index(), summary);
  }

  /** One end at a time: each holds a connection while the ledger needs another one. */
  private <T> T alone(Supplier<T> end) {
    ending.lock();
    try {
      return end.get();
    } finally {
      ending.unlock();
    }
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
