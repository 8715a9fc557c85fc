package dev.assay.activities.validation;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.activities.Pulse;
import dev.assay.activities.Retryable;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Receipt;
import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.OutcomeRoot;
import dev.assay.model.plan.ShardStatement;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.registry.JudgementRow;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.registry.ShardResult;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.RecordingActivities;
import dev.assay.workflows.validation.VerdictCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link RecordingActivities}. Trusts no payload: the signature is checked, the findings are read
 * from the registry, and their root must be the signed one.
 */
final class RecordingActivitiesImpl implements RecordingActivities {
  private final ValidationServices services;
  private final Policies policies;

  RecordingActivitiesImpl(ValidationServices services, Policies policies) {
    this.services = services;
    this.policies = policies;
  }

  @Override
  public RecordedShard record(RecordRequest request) {
    return Retryable.unlessHopeless(() -> checkAndRecord(request));
  }

  private RecordedShard checkAndRecord(RecordRequest request) {
    SignedShard signed = request.shard();
    ShardRequest shard = signed.shard();
    ShardStatement statement =
        JudgingActivitiesImpl.statement(shard, new Sha256(signed.findingsRoot()));
    VerifierKey signer = services.trusted().signerOf(statement, signed.note());
    Pulse pulse = new Pulse();
    List<JudgedRun> runs = read(shard, statement, pulse);
    if (request.dryRun()) {
      return new RecordedShard(Counting.of(runs, 0), -1, -1);
    }
    services
        .registry()
        .shards()
        .save(
            shard.workflowId(),
            new ShardResult(
                shard.from(),
                shard.to(),
                statement.findingsRoot(),
                signed.note().getBytes(StandardCharsets.UTF_8),
                signer.toString()));
    Ledger ledger = services.ledgers().ledger(request.ledger());
    VerdictRecorder recorder =
        new VerdictRecorder(
            ledger,
            services,
            policies.get(shard.policyDigest()).policy(),
            shard,
            signer.name(),
            pulse);
    List<Receipt> receipts = recorder.verdicts(runs);
    CaseOpener.Opened cases = recorder.cases(runs, receipts);
    VerdictCounts counts = Counting.of(runs, cases.quarantined());
    return new RecordedShard(
        counts,
        receipts.getFirst().index(),
        Math.max(receipts.getLast().index(), cases.lastIndex()));
  }

  /** The shard's runs with their judgements, digests and root checked. */
  private List<JudgedRun> read(ShardRequest shard, ShardStatement statement, Pulse pulse) {
    Registry registry = services.registry();
    PlannedChecks checks = registry.plans().checks(shard.workflowId());
    OutcomeRoot root = OutcomeRoot.ofShard();
    List<JudgedRun> runs = new ArrayList<>(shard.size());
    for (int from = shard.from(); from < shard.to(); from += Registry.BATCH) {
      pulse.beat(from);
      int to = Math.min(shard.to(), from + Registry.BATCH);
      List<PlanRow> rows = registry.plans().shard(shard.workflowId(), from, to);
      List<JudgementRow> judged = registry.judgements().read(shard.workflowId(), from, to);
      if (judged.size() != rows.size()) {
        throw new EvidenceMissingException(
            "%s: %s of %s judgements of runs %s to %s are in the registry"
                .formatted(shard.workflowId(), judged.size(), rows.size(), from, to - 1));
      }
      for (int i = 0; i < rows.size(); i++) {
        root.add(rows.get(i).runDigest(), judged.get(i).findingsDigest());
        runs.add(judgedRun(shard, checks, rows.get(i), judged.get(i)));
      }
    }
    if (!root.root().equals(statement.findingsRoot())) {
      throw new ResultForgedException(
          "%s, runs %s to %s: the registry's findings have root %s, the worker signed %s"
              .formatted(
                  shard.workflowId(),
                  shard.from(),
                  shard.to() - 1,
                  root.root(),
                  statement.findingsRoot()),
          null);
    }
    return runs;
  }

  /** The verdict isn't in the findings digest: it is derived again, not believed. */
  private static JudgedRun judgedRun(
      ShardRequest shard, PlannedChecks checks, PlanRow row, JudgementRow judged) {
    Judgement judgement = judged.judgement(checks, row);
    if (!Evaluator.leadsToItsVerdict(judgement)) {
      throw new ResultForgedException(
          "%s, run %s: the registry says %s, its findings lead to %s"
              .formatted(
                  shard.workflowId(),
                  row.ordinal(),
                  judgement.verdict(),
                  Evaluator.verdict(judgement.findings())),
          null);
    }
    return JudgedRun.of(row, judgement, judged.findingsDigest());
  }
}
