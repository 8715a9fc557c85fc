package dev.assay.activities.validation;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.activities.Pulse;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.plan.OutcomeRoot;
import dev.assay.model.plan.ShardStatement;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.JudgementRow;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.registry.ShardResult;
import dev.assay.workflows.validation.VerdictCounts;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A validation's outcome root from the registry's rows. What the recorder checked may have been
 * edited since, so the plan's header and each shard's signature are looked at again.
 */
final class RecordedOutcome {
  private static final int SHARDS = 100;

  private final ValidationServices services;
  private final String workflowId;
  private final Sha256 planDigest;
  private final Pulse pulse = new Pulse();
  private final Map<RunVerdict, Integer> verdicts = new EnumMap<>(RunVerdict.class);

  RecordedOutcome(ValidationServices services, String workflowId, Sha256 planDigest) {
    this.services = services;
    this.workflowId = workflowId;
    this.planDigest = planDigest;
  }

  /**
   * The root over shards that trusted workers signed and that cover the whole plan.
   *
   * @throws ResultForgedException if rows of a shard are not what was signed
   * @throws EvidenceMissingException if the plan isn't the one asked for, or a shard is missing
   */
  Sha256 root() {
    int runs = runs();
    OutcomeRoot whole = OutcomeRoot.ofPlan(planDigest);
    int at = 0;
    while (at < runs) {
      List<ShardResult> page = services.registry().shards().read(workflowId, at, SHARDS);
      if (page.isEmpty()) {
        throw noShard(at);
      }
      for (ShardResult shard : page) {
        if (shard.from() != at || shard.to() > runs) {
          throw noShard(at);
        }
        OutcomeRoot part = OutcomeRoot.ofShard();
        add(shard.from(), shard.to(), whole, part);
        requireSigned(shard, part.root());
        at = shard.to();
      }
    }
    return whole.root();
  }

  /** The root of a dry run, whose shards are not kept. */
  Sha256 unsignedRoot() {
    OutcomeRoot whole = OutcomeRoot.ofPlan(planDigest);
    add(0, runs(), whole, OutcomeRoot.ofShard());
    return whole.root();
  }

  /**
   * Checks numbers that came through the engine against the rows that the root was computed from.
   *
   * @throws ResultForgedException if the runs' verdicts are not so many of each
   */
  void requireCounts(VerdictCounts claimed) {
    VerdictCounts found =
        new VerdictCounts(
            count(RunVerdict.PASS),
            count(RunVerdict.WARN),
            count(RunVerdict.FAIL),
            count(RunVerdict.INDETERMINATE),
            count(RunVerdict.UNSELECTED),
            claimed.quarantined()); // the cases' affair
    if (!found.equals(claimed)) {
      throw new ResultForgedException(
          "%s: the registry has %s, what came through the engine says %s. Whoever completed RecordShard is not a worker of this ledger"
              .formatted(workflowId, found, claimed),
          null);
    }
  }

  private int count(RunVerdict verdict) {
    return verdicts.getOrDefault(verdict, 0);
  }

  private int runs() {
    PlanHeader header =
        services
            .registry()
            .plans()
            .header(workflowId)
            .orElseThrow(
                () ->
                    new EvidenceMissingException(workflowId + ": the registry has no plan of it"));
    boolean same =
        header.digest().equals(planDigest)
            && CanonicalJson.digest(header.header()).equals(planDigest)
            && JsonValue.ofLong(header.rowCount()).equals(header.header().members().get("runs"));
    if (!same) {
      throw new EvidenceMissingException(
          "%s: the registry's plan, %s with %s rows, is not the planned one, %s"
              .formatted(workflowId, header.digest(), header.rowCount(), planDigest));
    }
    return header.rowCount();
  }

  private void add(int begin, int end, OutcomeRoot whole, OutcomeRoot part) {
    for (int from = begin; from < end; from += Registry.BATCH) {
      pulse.beat(from);
      int to = Math.min(end, from + Registry.BATCH);
      List<PlanRow> rows = services.registry().plans().shard(workflowId, from, to);
      List<JudgementRow> judged = services.registry().judgements().read(workflowId, from, to);
      if (judged.size() != rows.size()) {
        throw new EvidenceMissingException(
            "%s: %s of %s judgements of runs %s to %s are in the registry"
                .formatted(workflowId, judged.size(), rows.size(), from, to - 1));
      }
      for (int i = 0; i < rows.size(); i++) {
        whole.add(rows.get(i).runDigest(), judged.get(i).findingsDigest());
        verdicts.merge(judged.get(i).verdict(), 1, Integer::sum);
        part.add(rows.get(i).runDigest(), judged.get(i).findingsDigest());
      }
    }
  }

  private void requireSigned(ShardResult shard, Sha256 findingsRoot) {
    services
        .trusted()
        .signerOf(
            new ShardStatement(workflowId, planDigest, shard.from(), shard.to(), findingsRoot),
            new String(shard.signature(), StandardCharsets.UTF_8));
  }

  private EvidenceMissingException noShard(int at) {
    return new EvidenceMissingException(
        "%s: the registry has no signed result of the shard that begins with run %s"
            .formatted(workflowId, at));
  }
}
