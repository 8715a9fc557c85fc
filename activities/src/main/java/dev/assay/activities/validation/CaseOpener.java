package dev.assay.activities.validation;

import dev.assay.activities.Entries;
import dev.assay.activities.Pulse;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.cases.CaseDue;
import dev.assay.model.cases.CaseState;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.policy.OnFail;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.CaseOutcome;
import dev.assay.registry.Cases;
import dev.assay.registry.NewCase;
import dev.assay.registry.Registry;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens cases in bulk. The row comes first and points to the run's verdict entry, because only the
 * registry's unique index says whether the run has an open case already; {@code case.opened}
 * follows. A repeated call finds the same rows and appends what is missing.
 */
final class CaseOpener {
  private static final String ACTOR = "assay/quarantine";

  private final Ledger ledger;
  private final Cases cases;
  private final ValidationPolicy policy;
  private final ShardRequest shard;
  private final Instant now;
  private final Pulse pulse;

  CaseOpener(
      Ledger ledger,
      Cases cases,
      ValidationPolicy policy,
      ShardRequest shard,
      Instant now,
      Pulse pulse) {
    this.ledger = ledger;
    this.cases = cases;
    this.policy = policy;
    this.shard = shard;
    this.now = now;
    this.pulse = pulse;
  }

  /**
   * What became of a shard's bad runs.
   *
   * @param quarantined runs that have a case now
   * @param lastIndex highest ledger index appended, -1 if none
   */
  record Opened(int quarantined, long lastIndex) {}

  /** Opens a case, or joins the open one, for each run that failed or can't be judged. */
  Opened open(List<JudgedRun> runs, List<Receipt> verdicts) {
    if (policy.onFail() == OnFail.REPORT) {
      return new Opened(0, -1);
    }
    List<NewCase> wanted = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).judgement().verdict().opensCase()) {
        wanted.add(newCase(runs.get(i), verdicts.get(i).index()));
      }
    }
    long lastIndex = -1;
    for (int from = 0; from < wanted.size(); from += Registry.BATCH) {
      pulse.beat(verdicts.getFirst().index());
      List<NewCase> batch = wanted.subList(from, Math.min(wanted.size(), from + Registry.BATCH));
      lastIndex = Math.max(lastIndex, openBatch(batch));
    }
    return new Opened(wanted.size(), lastIndex);
  }

  private long openBatch(List<NewCase> batch) {
    List<CaseOutcome> outcomes = cases.open(batch);
    List<NewEntry> entries = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (outcomes.get(i).effect() == CaseOutcome.Effect.OPENED) {
        entries.add(entry(batch.get(i), outcomes.get(i).caseId()));
      }
    }
    return entries.isEmpty() ? -1 : ledger.appendAll(entries).getLast().index();
  }

  private NewCase newCase(JudgedRun run, long verdictIndex) {
    Optional<Instant> waits =
        policy.onFail() == OnFail.REJECT
            ? Optional.empty()
            : Optional.of(CaseDue.first(run.judgement().verdict(), now, policy.cases()));
    return new NewCase(
        ledger.name(),
        run.row().identity(),
        policy.name(),
        shard.workflowId(),
        run.row().runDigest(),
        run.judgement().verdict(),
        now,
        policy.onFail() == OnFail.REJECT ? CaseState.REJECTED : CaseState.OPEN,
        waits.map(_ -> now.plus(policy.cases().due(run.judgement().verdict()))),
        waits,
        String.join(", ", run.notPassed()),
        verdictIndex);
  }

  private NewEntry entry(NewCase opened, String caseId) {
    return new NewEntry(
        "case/%s/opened".formatted(caseId),
        EntryKind.CASE_OPENED,
        ACTOR,
        caseId,
        opened.state().name(),
        now,
        Entries.correlation(),
        JsonObject.EMPTY
            .with("policyDigest", shard.policyDigest())
            .with("policyName", opened.policyName())
            .with("run", Entries.subject(opened.identity()))
            .with("runDigest", opened.runDigest().hex())
            .with("verdict", opened.verdict().name())
            .with("verdictIndex", opened.entryIndex()));
  }
}
