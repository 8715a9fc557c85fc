package dev.assay.cli.validate;

import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.OutcomeRoot;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.parallel.OrderedMap;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.JudgementRow;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Reads a finished validation's runs from the registry, in plan order. */
final class RunResults {
  /** Runs read at once: with all pages that are ahead, about 20 MB. */
  private static final int PAGE = 500;

  private static final int READERS = 2;

  private RunResults() {}

  /**
   * Page by page and a few pages ahead, so that memory doesn't grow with the set.
   *
   * @param outcomeRoot what was sealed
   * @throws EvidenceDamagedException if the runs that {@code reader} got are not what was sealed
   */
  static void forEach(
      Registry registry, String workflowId, String outcomeRoot, Consumer<RunResult> reader) {
    PlanHeader header =
        registry
            .plans()
            .header(workflowId)
            .orElseThrow(
                () -> new EvidenceDamagedException("the registry has no plan of " + workflowId));
    int runs = header.rowCount();
    PlannedChecks checks = registry.plans().checks(workflowId);
    OutcomeRoot root = OutcomeRoot.ofPlan(header.digest());
    OrderedMap.run(
        IntStream.iterate(0, from -> from < runs, from -> from + PAGE).iterator(),
        runs > PAGE ? READERS : 1,
        from -> page(registry, workflowId, checks, from, Math.min(runs, from + PAGE)),
        page ->
            page.forEach(
                read -> {
                  root.add(read.run().row().runDigest(), read.findingsDigest());
                  reader.accept(read.run());
                }));
    if (!root.root().hex().equals(outcomeRoot)) {
      throw new EvidenceDamagedException(
          "%s: the registry's plan and findings have outcome root %s, sealed was %s; somebody edited them since: restore registry.plan, plan_row and judgement from a backup, or validate the runs again"
              .formatted(workflowId, root.root(), outcomeRoot));
    }
  }

  private record Read(RunResult run, Sha256 findingsDigest) {}

  private static List<Read> page(
      Registry registry, String workflowId, PlannedChecks checks, int from, int to) {
    List<PlanRow> rows = registry.plans().shard(workflowId, from, to);
    List<JudgementRow> judged = registry.judgements().read(workflowId, from, to);
    List<String> names = registry.runRevisions().names(rows.stream().map(PlanRow::key).toList());
    List<Read> page = new ArrayList<>(judged.size());
    for (int i = 0; i < judged.size(); i++) {
      Judgement judgement = judged.get(i).judgement(checks, rows.get(i));
      requireDerived(rows.get(i), judgement);
      page.add(
          new Read(
              new RunResult(rows.get(i), names.get(i), judgement), judged.get(i).findingsDigest()));
    }
    return page;
  }

  /** The findings are digested and signed, the verdict beside them is not. */
  private static void requireDerived(PlanRow row, Judgement judgement) {
    if (!Evaluator.leadsToItsVerdict(judgement)) {
      throw new EvidenceDamagedException(
          "run %s, revision %s: the registry says %s, its findings lead to %s; somebody edited registry.judgement: restore it from a backup, or validate the run again"
              .formatted(
                  row.identity(),
                  row.runDigest(),
                  judgement.verdict(),
                  Evaluator.verdict(judgement.findings())));
    }
  }
}
