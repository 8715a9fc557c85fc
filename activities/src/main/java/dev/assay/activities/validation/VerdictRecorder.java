package dev.assay.activities.validation;

import dev.assay.activities.Entries;
import dev.assay.activities.Pulse;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.Registry;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the {@code run.verdict} entries of one shard. */
final class VerdictRecorder {
  private final Ledger ledger;
  private final ShardRequest shard;
  private final ValidationPolicy policy;
  private final String actor;
  private final Instant now;
  private final Pulse pulse;
  private final CaseOpener opener;

  VerdictRecorder(
      Ledger ledger,
      ValidationServices services,
      ValidationPolicy policy,
      ShardRequest shard,
      String actor,
      Pulse pulse) {
    this.ledger = ledger;
    this.shard = shard;
    this.policy = policy;
    this.actor = actor;
    this.now = services.clock().instant();
    this.pulse = pulse;
    this.opener = new CaseOpener(ledger, services.registry().cases(), policy, shard, now, pulse);
  }

  /** One entry a run, in plan order; receipts in the same order. */
  List<Receipt> verdicts(List<JudgedRun> runs) {
    List<Receipt> receipts = new ArrayList<>(runs.size());
    for (int from = 0; from < runs.size(); from += Registry.BATCH) {
      pulse.beat(runs.get(from).row().ordinal());
      List<JudgedRun> batch = runs.subList(from, Math.min(runs.size(), from + Registry.BATCH));
      receipts.addAll(ledger.appendAll(batch.stream().map(this::entry).toList()));
    }
    return receipts;
  }

  /** Opens cases for the runs that need one. */
  CaseOpener.Opened cases(List<JudgedRun> runs, List<Receipt> receipts) {
    return opener.open(runs, receipts);
  }

  private NewEntry entry(JudgedRun run) {
    return new NewEntry(
        shard.workflowId() + "/verdict/" + run.row().ordinal(),
        EntryKind.RUN_VERDICT,
        actor,
        Entries.subject(run.row().identity()),
        run.judgement().verdict().name(),
        now,
        Entries.correlation(),
        JsonObject.EMPTY
            .with("checks", JsonValue.strings(run.notPassed()))
            .with("findingsDigest", run.findingsDigest().hex())
            .with("planDigest", shard.planDigest())
            .with("policyName", policy.name())
            .with("runDigest", run.row().runDigest().hex()));
  }
}
