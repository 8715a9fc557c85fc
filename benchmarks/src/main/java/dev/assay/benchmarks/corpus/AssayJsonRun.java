package dev.assay.benchmarks.corpus;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One made-up run in Assay's run JSON: 5 metrics of 20 steps each, params, tags, code and one
 * artifact; about 6.8 KB. Depends on nothing but seed and index.
 */
final class AssayJsonRun {
  static final int STEPS = 20;
  private static final long FIRST_START = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();
  private static final long MILLIS_BETWEEN_RUNS = 37_000;
  private static final String[] METRICS = {
    "train_loss", "val_loss", "val_accuracy", "learning_rate", "step_ms"
  };
  private static final String[] OPTIMIZERS = {"sgd", "adam", "adamw"};

  private final SplittableRandom random;
  private final int index;
  private final Flaw flaw;
  private final long started;
  private final StringBuilder out = new StringBuilder(7_200);

  /** What is wrong with a run. */
  enum Flaw {
    NONE,
    NOT_A_NUMBER,
    STATUS_FAILED,
    INACCURATE
  }

  AssayJsonRun(long seed, int index, Flaw flaw) {
    this.random = new SplittableRandom(Mix.of(seed, index));
    this.index = index;
    this.flaw = flaw;
    this.started = FIRST_START + index * MILLIS_BETWEEN_RUNS;
  }

  static String id(int index) {
    return "run-%07d".formatted(index);
  }

  /** The run on one line, without the line's end. */
  byte[] json() {
    out.append("{\"id\":\"").append(id(index));
    out.append("\",\"name\":\"net-").append(index % 97).append("-").append(index);
    out.append("\",\"experiment\":\"sweep-").append(index / 1_000);
    out.append("\",\"status\":\"").append(flaw == Flaw.STATUS_FAILED ? "FAILED" : "FINISHED");
    out.append("\",\"started\":\"").append(Instant.ofEpochMilli(started));
    out.append("\",\"ended\":\"").append(Instant.ofEpochMilli(started + 1_000L * (STEPS + 1)));
    out.append("\",\"params\":{\"lr\":\"").append(decimal(5, random.nextDouble(0.0001, 0.3)));
    out.append("\",\"batch_size\":\"").append(1 << random.nextInt(4, 10));
    out.append("\",\"optimizer\":\"").append(OPTIMIZERS[random.nextInt(OPTIMIZERS.length)]);
    out.append("\",\"layers\":\"").append(random.nextInt(2, 64));
    out.append("\"},\"tags\":{\"git.commit\":\"").append(commit());
    out.append("\",\"team\":\"vision\",\"host\":\"node-").append(random.nextInt(64));
    out.append("\"},\"metrics\":{");
    for (int metric = 0; metric < METRICS.length; metric++) {
      series(metric);
    }
    out.append("},\"artifacts\":[{\"path\":\"model/weights.bin\",\"size\":");
    out.append(random.nextInt(1_000, 100_000_000)).append("}],\"seed\":\"");
    out.append(random.nextInt(1_000_000)).append("\",\"author\":\"bench\"}");
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void series(int metric) {
    out.append(metric == 0 ? "\"" : ",\"").append(METRICS[metric]).append("\":[");
    double pace = random.nextDouble(0.05, 0.3);
    for (int step = 1; step <= STEPS; step++) {
      out.append(step == 1 ? "{\"step\":" : ",{\"step\":").append(step).append(",\"time\":\"");
      out.append(Instant.ofEpochMilli(started + 1_000L * step + 10L * metric + 3));
      out.append("\",\"value\":");
      if (flaw == Flaw.NOT_A_NUMBER && metric == 1 && step > STEPS / 2) {
        out.append("\"NaN\"");
      } else {
        out.append(value(metric, step, pace));
      }
      out.append('}');
    }
    out.append(']');
  }

  /** Losses as a float has them, accuracy of 10,000 examples, the rest to six digits. */
  private String value(int metric, int step, double pace) {
    double left = Math.exp(-pace * step);
    double noise = random.nextDouble(-0.005, 0.005);
    return switch (metric) {
      case 0, 1 -> Float.toString((float) (0.1 + 2.2 * left + noise));
      case 2 ->
          decimal(4, flaw == Flaw.INACCURATE ? 0.4 + noise : 0.93 - 0.6 * left * pace + noise);
      case 3 -> decimal(6, 0.1 * left);
      default -> decimal(3, random.nextDouble(11, 14));
    };
  }

  private String commit() {
    return "%016x%016x%08x".formatted(random.nextLong(), random.nextLong(), random.nextInt());
  }

  private static String decimal(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
