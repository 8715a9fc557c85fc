package dev.assay.benchmarks.corpus;

import dev.assay.benchmarks.corpus.GovernanceRecord.Event;
import dev.assay.benchmarks.corpus.GovernanceRecord.Stage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One made-up run directory as the rustorch trainer leaves it after four epochs of 25 steps, logged
 * at each: 100 metric lines of five metrics, 100 telemetry lines, two checkpoints. Undamaged.
 */
final class RustorchRun {
  static final int LINES = 100;
  private static final int BATCHES = 25;
  private static final long FIRST_UNIX_TIME = 1_795_351_372L;
  private static final String[] METRICS = {
    "autograd_edges", "autograd_nodes", "batch", "epoch", "loss"
  };
  private static final String[] EVENTS = {
    "classification_backward", "classification_forward", "metrics_flush"
  };
  static final List<Stage> STAGES =
      List.of(
          new Stage("init", "trainer_init"),
          new Stage("epoch-0", "epoch"),
          new Stage("epoch-1", "epoch"),
          new Stage("checkpoint-1", "checkpoint"),
          new Stage("epoch-2", "epoch"),
          new Stage("epoch-3", "epoch"),
          new Stage("checkpoint-3", "checkpoint"),
          new Stage("finalize", "finalize"));
  static final List<Event> HAPPENED =
      List.of(
          new Event(0, false),
          new Event(0, true),
          new Event(1, false),
          new Event(1, true),
          new Event(2, false),
          new Event(3, false),
          new Event(3, true),
          new Event(2, true),
          new Event(4, false),
          new Event(4, true),
          new Event(5, false),
          new Event(6, false),
          new Event(6, true),
          new Event(5, true),
          new Event(7, false),
          new Event(7, true));

  private final SplittableRandom random;
  private final int index;
  private final long unixTime;
  private final String id;
  private final double[][] metrics = new double[METRICS.length][LINES];
  private final double[] durations = new double[LINES];

  RustorchRun(long seed, int index) {
    this.random = new SplittableRandom(Mix.of(seed, index));
    this.index = index;
    this.unixTime = FIRST_UNIX_TIME + index;
    this.id = "lin-b%07d-%d-Bench1".formatted(index, unixTime);
    fill();
  }

  /** The run's id, which is the name of its folder. */
  String id() {
    return id;
  }

  /** The files by name. */
  SortedMap<String, byte[]> files() {
    GovernanceRecord governance = new GovernanceRecord(id, Mix.of(index, 0), unixTime, STAGES);
    return new TreeMap<>(
        Map.of(
            "run.json", utf8(runJson()),
            "governance_plan.json", governance.plan(),
            "governance_ledger.jsonl", governance.log(HAPPENED),
            "metrics.jsonl", utf8(metricLines()),
            "telemetry.jsonl", utf8(telemetryLines()),
            "artifacts.json", utf8(artifactsJson()),
            "epoch_1.rtch", checkpoint(),
            "epoch_3.rtch", checkpoint(),
            "run_summary.json", utf8(summaryJson())));
  }

  private void fill() {
    double pace = random.nextDouble(0.01, 0.05);
    for (int i = 0; i < LINES; i++) {
      metrics[0][i] = 4;
      metrics[1][i] = 5;
      metrics[2][i] = i % BATCHES;
      metrics[3][i] = epoch(i);
      metrics[4][i] = (float) (0.02 + Math.exp(-pace * i) + random.nextDouble(0.001, 0.02));
      durations[i] = random.nextDouble(0.02, 0.2);
    }
  }

  private static int epoch(int line) {
    return line / BATCHES;
  }

  private static String event(int line) {
    return line % 10 == 9 ? EVENTS[2] : EVENTS[line % 2];
  }

  private String runJson() {
    return """
        {
          "id": "%s",
          "name": "lin-b%07d",
          "created_at_unix": %d,
          "status": "Completed",
          "status_message": null,
          "config": {
            "batch_size": 8,
            "checkpoint_every": 2,
            "epochs": 4,
            "learning_rate": 0.05000000074505806,
            "log_every": 1,
            "run_name": "lin-b%07d",
            "tags": [
              "synthetic",
              "linear"
            ],
            "weight_decay": 0.0
          },
          "tags": [
            "synthetic",
            "linear"
          ],
          "schema_version": 2
        }"""
        .formatted(id, index, unixTime, index);
  }

  private String metricLines() {
    StringBuilder out = new StringBuilder(LINES * 140);
    for (int i = 0; i < LINES; i++) {
      out.append("{\"step\":").append(i + 1).append(",\"metrics\":{");
      for (int metric = 0; metric < METRICS.length; metric++) {
        out.append(metric == 0 ? "\"" : ",\"").append(METRICS[metric]).append("\":");
        out.append((float) metrics[metric][i]);
      }
      out.append("},\"timestamp_unix\":").append(unixTime + i / 50).append("}\n");
    }
    return out.toString();
  }

  private String telemetryLines() {
    StringBuilder out = new StringBuilder(LINES * 120);
    for (int i = 0; i < LINES; i++) {
      out.append("{\"name\":\"").append(event(i)).append("\",\"duration_ms\":");
      out.append(durations[i]).append(",\"timestamp_ms\":").append(unixTime * 1_000 + 20L * i);
      out.append(
          event(i).equals(EVENTS[2])
              ? ",\"tags\":{\"batch_size\":\"32\",\"count\":\"10\"}}\n"
              : ",\"tags\":{\"epoch\":\"%d\"}}\n".formatted(epoch(i)));
    }
    return out.toString();
  }

  private String artifactsJson() {
    String one =
        """
          {
            "name": "%s",
            "path": "%s.rtch",
            "kind": "Checkpoint",
            "created_at_unix": %d,
            "metadata": {
              "format": "RTCH",
              "version": "1"
            }
          }""";
    return "[\n"
        + one.formatted("epoch_1", "epoch_1", unixTime).indent(2).stripTrailing()
        + ",\n"
        + one.formatted("epoch_3", "epoch_3", unixTime).indent(2).stripTrailing()
        + "\n]";
  }

  private byte[] checkpoint() {
    byte[] table =
        utf8(
            "{\"version\":1,\"tensors\":["
                + tensor("bias", "[1]", "[1]", 1, 0)
                + ","
                + tensor("weights", "[4,1]", "[1,1]", 4, 4)
                + "]}");
    ByteBuffer out = ByteBuffer.allocate(16 + table.length + 5 * Float.BYTES);
    out.order(ByteOrder.LITTLE_ENDIAN).put(utf8("RTCH")).putInt(1).putLong(table.length).put(table);
    while (out.hasRemaining()) {
      out.putFloat((float) random.nextDouble(-0.5, 0.5));
    }
    return out.array();
  }

  private static String tensor(String name, String shape, String strides, int count, int offset) {
    return ("{\"name\":\"%s\",\"shape\":%s,\"strides\":%s,\"numel\":%d,\"offset_bytes\":%d,"
            + "\"len_bytes\":%d,\"dtype\":\"f32\",\"requires_grad\":true}")
        .formatted(name, shape, strides, count, offset, count * Float.BYTES);
  }

  private String summaryJson() {
    StringBuilder out = new StringBuilder(2_560);
    out.append("{\n  \"run_id\": \"").append(id).append("\",\n  \"name\": \"lin-b");
    out.append("%07d".formatted(index)).append("\",\n  \"created_at_unix\": ").append(unixTime);
    out.append(",\n  \"completed_at_unix\": ").append(unixTime + 2);
    out.append(
        """
        ,
          "status": "Completed",
          "status_message": null,
          "duration_secs": 1.908722603,
          "metrics": {
            "total_records": %d,
            "first_step": 1,
            "last_step": %d,
            "first_timestamp_unix": %d,
            "last_timestamp_unix": %d,
            "metrics": {"""
            .formatted(LINES, LINES, unixTime, unixTime + (LINES - 1) / 50));
    for (int metric = 0; metric < METRICS.length; metric++) {
      out.append(metric == 0 ? "\n" : ",\n").append(metricSummary(metric));
    }
    out.append("\n    }\n  },\n  \"telemetry\": {\n    \"total_events\": ").append(LINES);
    out.append(",\n    \"events\": {");
    for (int event = 0; event < EVENTS.length; event++) {
      out.append(event == 0 ? "\n" : ",\n").append(eventSummary(EVENTS[event]));
    }
    return out.append(
            """

                }
              },
              "layout": {
                "validations": 452,
                "failures": 0,
                "overlap_failures": 0
              },
              "schema_version": 2
            }""")
        .toString();
  }

  private String metricSummary(int metric) {
    Rollup rollup = new Rollup(metrics[metric]);
    return """
              "%s": {
                "count": %d,
                "min": %s,
                "max": %s,
                "mean": %s,
                "p50": %s,
                "p95": %s,
                "last": %s
              }"""
        .formatted(
            METRICS[metric],
            rollup.count(),
            (float) rollup.min(),
            (float) rollup.max(),
            (float) rollup.mean(),
            (float) rollup.quantile(0.5),
            (float) rollup.quantile(0.95),
            (float) rollup.last())
        .indent(6)
        .stripTrailing();
  }

  private String eventSummary(String event) {
    double[] own = new double[LINES];
    int count = 0;
    for (int i = 0; i < LINES; i++) {
      if (event(i).equals(event)) {
        own[count++] = durations[i];
      }
    }
    Rollup rollup = new Rollup(Arrays.copyOf(own, count));
    return """
              "%s": {
                "count": %d,
                "mean_duration_ms": %s,
                "p95_duration_ms": %s,
                "max_duration_ms": %s
              }"""
        .formatted(event, count, rollup.mean(), rollup.quantile(0.95), rollup.max())
        .indent(6)
        .stripTrailing();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
