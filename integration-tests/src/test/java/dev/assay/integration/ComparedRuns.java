package dev.assay.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Runs in Assay's own JSON that are compared with each other, and policies that do it. */
final class ComparedRuns {
  /** What all checks that look outside of their run have in common. */
  static final String EVERY_CHECK =
      """
      - {id: no-worse, type: baseline, metric: acc, direction: up, margin: 0.05, run: base}
      - {id: alike, type: drift, metric: acc, statistic: ks, max: 0.5, minSamples: 20, run: base}
      - {id: stable, type: drift, metric: acc, statistic: psi, max: 5, bins: 4, minSamples: 20, run: base}
      - {id: own, type: duplicate, of: [params, metrics], severity: warn}
      """;

  private ComparedRuns() {}

  /** A policy of one stage with these checks, a line each. */
  static Path policy(Path folder, String checks) throws IOException {
    return Files.writeString(
        folder.resolve("compared.yaml"),
        """
        apiVersion: assay/v1
        kind: ValidationPolicy
        name: compared
        stages:
          - id: compared
            checks:
        %s
        """
            .formatted(checks.indent(6)));
  }

  /** Writes a file of runs that {@link #run} made. */
  static Path write(Path folder, String name, String... runs) throws IOException {
    return Files.writeString(folder.resolve(name + ".jsonl"), String.join("\n", runs) + "\n");
  }

  /** A run whose accuracy climbs to {@code last} within 30 steps. */
  static String run(String id, double last) {
    return run(id, last, "0.1");
  }

  /** As {@link #run(String, double)}, with a learning rate of its own. */
  static String run(String id, double last, String rate) {
    StringBuilder points = new StringBuilder();
    for (int step = 1; step <= 30; step++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%s{\"step\":%d,\"value\":%.7f}",
              step == 1 ? "" : ",",
              step,
              last * step / 30));
    }
    return "{\"id\":\"%s\",\"name\":\"%s\",\"experiment\":\"e\",\"status\":\"FINISHED\",\"params\":{\"lr\":\"%s\"},\"metrics\":{\"acc\":[%s]}}"
        .formatted(id, id, rate, points);
  }
}
