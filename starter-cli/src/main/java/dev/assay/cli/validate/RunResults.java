package dev.assay.cli.validate;

import dev.assay.model.check.Evaluator;
import dev.assay.model.verdict.Judgement;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.JudgementRow;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import java.util.List;
import java.util.function.Consumer;

/** Reads a finished validation's runs from the registry, in plan order. */
final class RunResults {
  private RunResults() {}

  /** Page by page, so that memory doesn't grow with the set. */
  static void forEach(Registry registry, String workflowId, Consumer<RunResult> reader) {
    int runs = registry.plans().count(workflowId);
    for (int from = 0; from < runs; from += Registry.BATCH) {
      int to = Math.min(runs, from + Registry.BATCH);
      List<PlanRow> rows = registry.plans().shard(workflowId, from, to);
      List<JudgementRow> judged = registry.judgements().read(workflowId, from, to);
      List<String> names = registry.runRevisions().names(rows.stream().map(PlanRow::key).toList());
      for (int i = 0; i < judged.size(); i++) {
        Judgement judgement = judged.get(i).judgement(rows.get(i));
        requireDerived(rows.get(i), judgement);
        reader.accept(new RunResult(rows.get(i), names.get(i), judgement));
      }
    }
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
