package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.policy.PolicyReader;
import dev.assay.workflows.cases.CaseAsk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long one who asks a case waits for its answer, one Update after the other. */
final class CaseUpdates {
  private static final CaseAsk NO_REASON = CaseAsk.because(Optional.empty());

  /** A newer version of the policy, which every run passes. */
  private static final String LENIENT =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: NAME
      stages:
        - id: record
          checks:
            - {id: readable, type: record}
      onFail: quarantine
      """;

  private final Report section;
  private final Map<CaseAction, List<Double>> millis = new EnumMap<>(CaseAction.class);

  CaseUpdates(Report section) {
    this.section = section;
  }

  void measure(Path home, Workbench bench, int asks) throws IOException, InterruptedException {
    CaseAsk waiver =
        CaseAsk.waiver(Instant.now().plus(Duration.ofDays(1)).toString(), Optional.empty());
    List<String> mended;
    try (CaseAsker asker = CaseAsker.of(home)) {
      for (String caseId : asker.some(asks)) {
        ask(asker, caseId, CaseAction.ASSIGN, CaseAsker.words());
        ask(asker, caseId, CaseAction.COMMENT, CaseAsker.words());
        ask(asker, caseId, CaseAction.WAIVE, waiver);
        ask(asker, caseId, CaseAction.REOPEN, NO_REASON);
        ask(asker, caseId, CaseAction.REJECT, NO_REASON);
      }
    }
    try (CaseAsker asker = CaseAsker.of(home)) {
      mended = asker.some(Math.max(1, asks / 5)); // of those that are still open
    }
    String name =
        PolicyReader.read(Files.readAllBytes(bench.policy()), bench.policy().toString()).name();
    Path lenient = Files.writeString(bench.path("lenient.yaml"), LENIENT.replace("NAME", name));
    for (String caseId : mended) {
      remediate(home, caseId, lenient);
    }
    try (CaseAsker asker = CaseAsker.of(home)) {
      for (String caseId : mended) {
        ask(asker, caseId, CaseAction.RELEASE, NO_REASON);
      }
    }
    List<Double> all = new ArrayList<>();
    millis.forEach(
        (action, values) -> {
          section.row(new Samples(action.text(), "ms", values), "");
          all.addAll(values);
        });
    section.row(new Samples("all Updates", "ms", all), "");
    section.row(
        new Samples("all Updates, the value that 95 % are below", "ms", List.of(share(all, 0.95))),
        "≤ 300");
  }

  private void ask(CaseAsker asker, String caseId, CaseAction action, CaseAsk ask)
      throws InterruptedException {
    double taken = asker.ask(caseId, action, ask);
    millis.computeIfAbsent(action, _ -> new ArrayList<>()).add(taken);
  }

  /** What has the run pass: not measured. */
  private static void remediate(Path home, String caseId, Path policy) throws IOException {
    InProcess.run(
        List.of(
            "quarantine",
            "remediate",
            caseId,
            "--policy",
            policy.toString(),
            "--home",
            home.toString(),
            "--engine",
            "local"));
  }

  private static double share(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
