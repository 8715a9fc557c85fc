package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.CpuTimes;
import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.Importer;
import dev.assay.connectors.SourceSpec;
import dev.assay.model.check.Evaluator;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.verdict.RunVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Import and checks alone: reads every run, encodes and digests it, judges it; no database, no
 * engine.
 */
final class ImportAndJudge {
  private final ValidationPolicy policy;
  private final Evaluator evaluator;

  ImportAndJudge(Path policyFile) throws IOException {
    policy = PolicyReader.read(Files.readAllBytes(policyFile), policyFile.toString());
    evaluator = Evaluator.compile(policy);
  }

  /**
   * What one pass over a source gave.
   *
   * @param seconds from opening the source to the last verdict
   * @param cpu seconds of CPU of the whole process meanwhile, JIT and garbage collection included
   */
  record Pass(double seconds, double cpu, long runs, Map<RunVerdict, Long> verdicts) {
    double runsPerSecond() {
      return runs / seconds;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d runs in %.2f s, %.0f/s, %.0f µs CPU a run, %s",
          runs,
          seconds,
          runsPerSecond(),
          cpu / runs * 1e6,
          verdicts);
    }
  }

  /** Reads and judges all runs of a source with this many reading threads. */
  Pass over(Path source, int workers) {
    CpuTimes before = CpuTimes.now();
    Map<RunVerdict, Long> verdicts = new EnumMap<>(RunVerdict.class);
    try (Importer importer =
        Importer.open(
            List.of(SourceSpec.parse(source.toString())),
            new ImportOptions(workers, policy.needsDigests()))) {
      long runs =
          importer
              .read(
                  run ->
                      verdicts.merge(
                          evaluator
                              .judge(
                                  new RunEvidence(
                                      run.run(), run.artifactDigests(), run.artifactDigests()))
                              .verdict(),
                          1L,
                          Long::sum))
              .runs();
      CpuTimes after = CpuTimes.now();
      return new Pass(
          (after.atNanos() - before.atNanos()) / 1e9, after.self() - before.self(), runs, verdicts);
    }
  }
}
