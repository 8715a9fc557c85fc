package dev.assay.integration;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Runs in Assay's own JSON, a line each, of which one in fifty is bad, with a policy for them. */
final class MadeUpRuns {
  private static final int BAD_ONE_IN = 50;
  private static final int STEPS = 20;

  private MadeUpRuns() {}

  /** A policy that one in fifty of them fails. */
  static Path policy(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("made-up.yaml"),
        """
        apiVersion: assay/v1
        kind: ValidationPolicy
        name: made-up
        stages:
          - id: record
            checks:
              - {id: readable, type: record}
              - {id: finished, type: status, in: [FINISHED]}
          - id: numbers
            checks:
              - {id: accuracy, type: metric, metric: val_accuracy, aggregate: last, min: 0.5, max: 1.0}
              - {id: steps, type: steps, metric: val_accuracy, unique: true, min: 10}
        onFail: quarantine
        """);
  }

  static Path write(Path folder, int runs) throws IOException {
    Path file = folder.resolve("made-up-%d.jsonl".formatted(runs));
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int run = 0; run < runs; run++) {
        out.write(line(run));
        out.write('\n');
      }
    }
    return file;
  }

  private static String line(int run) {
    StringBuilder points = new StringBuilder();
    for (int step = 1; step <= STEPS; step++) {
      double value = run % BAD_ONE_IN == 0 ? 0.1 + step / 1_000.0 : 0.6 + step / 100.0 + run / 1e7;
      points.append(
          String.format(
              Locale.ROOT,
              "%s{\"step\":%d,\"time\":\"2026-01-05T08:00:%02dZ\",\"value\":%.7f}",
              step == 1 ? "" : ",",
              step,
              step,
              value));
    }
    return String.format(
        Locale.ROOT,
        "{\"id\":\"run-%07d\",\"name\":\"made-up-%d\",\"experiment\":\"made-up\",\"status\":\"FINISHED\","
            + "\"started\":\"2026-01-05T08:00:00Z\",\"ended\":\"2026-01-05T08:00:21Z\","
            + "\"params\":{\"lr\":\"0.1\"},\"metrics\":{\"val_accuracy\":[%s]}}",
        run,
        run,
        points);
  }
}
