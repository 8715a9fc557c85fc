package dev.assay.activities.validation;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.activities.validation.RecordedVerdicts.Recorded;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.UnreadRange;
import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.plan.OutcomeRoot;
import dev.assay.model.plan.ShardStatement;
import dev.assay.model.run.Baseline;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.verdict.Judgement;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.registry.ShardResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Derives one sealed validation again, and tells what differs from the record. */
final class SealedValidation {
  /** Runs held in memory at once: 7 KB each on average, 64 MiB each at worst. */
  private static final int PAGE = 250;

  private static final int SHARDS = 100;

  private final Registry registry;
  private final TrustedResults trusted;
  private final BiConsumer<StoredEntry, VerifierKey> signed;
  private final Policies policies;
  private final Consumer<Issue> issues;
  private final Consumer<UnreadRange> unread;

  SealedValidation(
      Registry registry,
      TrustedResults trusted,
      BiConsumer<StoredEntry, VerifierKey> signed,
      Policies policies,
      Consumer<Issue> issues,
      Consumer<UnreadRange> unread) {
    this.registry = registry;
    this.trusted = trusted;
    this.signed = signed;
    this.policies = policies;
    this.issues = issues;
    this.unread = unread;
  }

  /** Derives; how many runs that were. */
  int derive(StoredEntry seal, RecordedVerdicts verdicts) {
    try {
      return deriveAll(seal, verdicts);
    } catch (EvidenceDamagedException e) {
      issues.accept(issue(IssueKind.EVIDENCE_EDITED, seal.index(), String.valueOf(e.getMessage())));
    } catch (EvidenceMissingException e) {
      unread.accept(new UnreadRange(seal.index(), seal.index(), String.valueOf(e.getMessage())));
    }
    return 0;
  }

  private int deriveAll(StoredEntry seal, RecordedVerdicts verdicts) {
    String workflowId = seal.subject();
    Optional<PlanHeader> header = header(seal);
    if (header.isEmpty()) {
      return 0;
    }
    int runs = header.get().rowCount();
    signatures(seal, header.get(), verdicts);
    Policies.Compiled policy = policies.get(text(seal, "policyDigest"));
    Evaluator evaluator = policy.evaluator();
    Map<String, Baseline> baselines = PinnedBaselines.read(registry, header.get());
    PlannedDuplicates duplicates = new PlannedDuplicates(policy.policy());
    OutcomeRoot outcome = OutcomeRoot.ofPlan(header.get().digest());
    KeptJudgements kept = new KeptJudgements(registry, workflowId);
    for (int from = 0; from < runs; from += PAGE) {
      List<PlanRow> rows = registry.plans().shard(workflowId, from, Math.min(runs, from + PAGE));
      List<RunEvidence> evidence = PlannedEvidence.read(registry, rows, baselines);
      PlannedObservations observations =
          PlannedObservations.read(registry, policy.policy(), workflowId, rows);
      kept.turnTo(from, from + rows.size());
      for (int i = 0; i < rows.size(); i++) {
        Judgement judgement =
            evaluator.judge(evidence.get(i).observed(observations.of(rows.get(i))));
        duplicates.add(rows.get(i), evidence.get(i));
        outcome.add(rows.get(i).runDigest(), judgement.findingsDigest());
        compare(seal, rows.get(i), judgement, verdicts.at(rows.get(i).ordinal()));
        compare(seal, rows.get(i), judgement, kept, verdicts.at(rows.get(i).ordinal()));
      }
    }
    kept.gap(seal.index()).ifPresent(unread);
    duplicates
        .difference()
        .or(() -> PinnedBaselines.difference(baselines, policy.policy()))
        .ifPresent(
            difference ->
                issues.accept(
                    issue(
                        IssueKind.RESULT_FORGED,
                        seal.index(),
                        "%s was planned with what its runs don't give: %s"
                            .formatted(workflowId, difference))));
    if (kept.strangers(runs) > 0) {
      issues.accept(
          issue(
              IssueKind.EVIDENCE_EDITED,
              seal.index(),
              "%s: registry.judgement has %d rows that no run of the plan has; delete them"
                  .formatted(workflowId, kept.strangers(runs))));
    }
    if (!outcome.root().hex().equals(text(seal, "outcomeRoot"))) {
      issues.accept(
          issue(
              IssueKind.RESULT_FORGED,
              seal.index(),
              "%s was sealed with outcome root %s; its plan and evidence give %s"
                  .formatted(workflowId, text(seal, "outcomeRoot"), outcome.root())));
    }
    return runs;
  }

  /** The plan, if it is the sealed one and this build evaluates as it says. */
  private Optional<PlanHeader> header(StoredEntry seal) {
    PlanHeader header =
        registry
            .plans()
            .header(seal.subject())
            .orElseThrow(
                () ->
                    new EvidenceMissingException(
                        "the registry has no plan of %s any more".formatted(seal.subject())));
    if (!CanonicalJson.digest(header.header()).hex().equals(text(seal, "planDigest"))
        || !header.digest().hex().equals(text(seal, "planDigest"))) {
      issues.accept(
          issue(
              IssueKind.EVIDENCE_EDITED,
              seal.index(),
              "%s was sealed with plan %s; the registry's is %s"
                  .formatted(
                      seal.subject(),
                      text(seal, "planDigest"),
                      CanonicalJson.digest(header.header()))));
      return Optional.empty();
    }
    if (!new JsonString(Evaluator.VERSION).equals(header.header().members().get("evaluator"))) {
      throw new EvidenceMissingException(
          "%s was judged by evaluator %s, this build has %s: derive it again with the build that judged"
              .formatted(
                  seal.subject(), header.header().members().get("evaluator"), Evaluator.VERSION));
    }
    return Optional.of(header);
  }

  /** Each shard's signature must be over the verdicts on record, not over the registry's. */
  private void signatures(StoredEntry seal, PlanHeader header, RecordedVerdicts verdicts) {
    int at = 0;
    while (at < header.rowCount()) {
      List<ShardResult> page = registry.shards().read(seal.subject(), at, SHARDS);
      if (page.isEmpty()) {
        throw noShard(seal, at);
      }
      for (ShardResult shard : page) {
        if (shard.from() != at || shard.to() > header.rowCount()) {
          throw noShard(seal, at);
        }
        signature(seal, header.digest(), shard, verdicts);
        at = shard.to();
      }
    }
  }

  private static EvidenceMissingException noShard(StoredEntry seal, int at) {
    return new EvidenceMissingException(
        "%s: the registry has no signed result of the shard that begins with run %d"
            .formatted(seal.subject(), at));
  }

  private void signature(
      StoredEntry seal, Sha256 planDigest, ShardResult shard, RecordedVerdicts verdicts) {
    OutcomeRoot recorded = OutcomeRoot.ofShard();
    for (int ordinal = shard.from(); ordinal < shard.to(); ordinal++) {
      verdicts
          .at(ordinal)
          .ifPresent(verdict -> recorded.add(verdict.runDigest(), verdict.findingsDigest()));
    }
    ShardStatement statement =
        new ShardStatement(seal.subject(), planDigest, shard.from(), shard.to(), recorded.root());
    try {
      signed.accept(
          seal, trusted.signerOf(statement, new String(shard.signature(), StandardCharsets.UTF_8)));
    } catch (ResultForgedException e) {
      long first = verdicts.at(shard.from()).map(Recorded::index).orElse(seal.index());
      long last = verdicts.at(shard.to() - 1).map(Recorded::index).orElse(seal.index());
      issues.accept(
          new Issue(
              IssueKind.RESULT_FORGED,
              Math.min(first, last),
              Math.max(first, last),
              "the verdicts on record of this shard aren't what a trusted worker signed (key %s): %s"
                  .formatted(shard.keyId(), e.getMessage())));
    }
  }

  private void compare(
      StoredEntry seal, PlanRow row, Judgement derived, Optional<Recorded> recorded) {
    if (recorded.isEmpty()) {
      issues.accept(
          issue(
              IssueKind.RESULT_FORGED,
              seal.index(),
              "%s was sealed without a verdict of run %s, plan ordinal %d"
                  .formatted(seal.subject(), row.identity(), row.ordinal())));
      return;
    }
    Recorded verdict = recorded.get();
    if (!verdict.outcome().equals(derived.verdict().name())
        || !verdict.runDigest().equals(row.runDigest())
        || !verdict.findingsDigest().equals(derived.findingsDigest())) {
      issues.accept(
          issue(
              IssueKind.RESULT_FORGED,
              verdict.index(),
              "%s, run %s: on record is %s with findings %s, signed as %s; its evidence gives %s with findings %s"
                  .formatted(
                      seal.subject(),
                      row.identity(),
                      verdict.outcome(),
                      verdict.findingsDigest().abbreviated(),
                      verdict.actor(),
                      derived.verdict(),
                      derived.findingsDigest().abbreviated())));
    }
  }

  private void compare(
      StoredEntry seal,
      PlanRow row,
      Judgement derived,
      KeptJudgements kept,
      Optional<Recorded> recorded) {
    kept.difference(row, derived)
        .ifPresent(
            difference ->
                issues.accept(
                    issue(
                        IssueKind.EVIDENCE_EDITED,
                        recorded.map(Recorded::index).orElse(seal.index()),
                        "%s, run %s: its row of registry.judgement was edited: %s"
                            .formatted(seal.subject(), row.identity(), difference))));
  }

  private static Issue issue(IssueKind kind, long index, String detail) {
    return new Issue(kind, index, index, detail);
  }

  private static String text(StoredEntry entry, String member) {
    return entry.payload().members().get(member) instanceof JsonString(String value) ? value : "";
  }
}
