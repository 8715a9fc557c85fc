package dev.assay.benchmarks.corpus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.Blake3;

/**
 * The plan and the hash-chained log that the rustorch trainer leaves of its stages. Each line's
 * hash is BLAKE3 over the line as compact JSON without its {@code hash}.
 */
record GovernanceRecord(String runId, long planSeed, long unixTime, List<Stage> stages) {

  /** A stage of a training, each after the one before it. */
  record Stage(String name, String messages) {}

  /** A stage begins or ends. */
  record Event(int stage, boolean completed) {}

  /** {@code governance_plan.json}, as pretty JSON. */
  byte[] plan() {
    StringBuilder out = new StringBuilder(4_096);
    out.append("{\n  \"seed\": ").append(Long.toUnsignedString(planSeed));
    out.append(",\n  \"generated_at_unix\": ").append(unixTime).append(",\n  \"entries\": [");
    for (int i = 0; i < stages.size(); i++) {
      out.append(i == 0 ? "\n" : ",\n").append(planEntry(i));
    }
    out.append("\n  ],\n  \"total_waves\": ").append(stages.size());
    out.append(",\n  \"total_stages\": ").append(stages.size()).append("\n}");
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** {@code governance_ledger.jsonl} with these events, one a line. */
  byte[] log(List<Event> events) {
    StringBuilder out = new StringBuilder(6_144);
    String previous = "null";
    for (int i = 0; i < events.size(); i++) {
      String payload = payload(i, events.get(i), previous);
      String hash = '"' + blake3(payload + '}') + '"';
      out.append(payload).append(",\"hash\":").append(hash).append("}\n");
      previous = hash;
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String planEntry(int i) {
    String id = runId + ":" + stages.get(i).name();
    String needs =
        i == 0 ? "[]" : "[\n    \"%s:%s\"\n  ]".formatted(runId, stages.get(i - 1).name());
    return """
            {
              "stage_id": "%s",
              "run_id": "%s",
              "stage": "%s",
              "priority": %s,
              "ordinal": %d,
              "wave": %d,
              "lane": 0,
              "dependencies": %s
            }"""
        .formatted(id, runId, stages.get(i).name(), priority(id), i, i, needs)
        .indent(4)
        .stripTrailing();
  }

  private String payload(int index, Event event, String previous) {
    Stage stage = stages.get(event.stage());
    String action = event.completed() ? "Completed" : "Started";
    return "{\"index\":"
        + index
        + ",\"timestamp_unix\":"
        + unixTime
        + ",\"stage_id\":\""
        + runId
        + ':'
        + stage.name()
        + "\",\"run_id\":\""
        + runId
        + "\",\"stage\":\""
        + stage.name()
        + "\",\"action\":\""
        + action
        + "\",\"message\":\""
        + stage.messages()
        + (event.completed() ? "_completed" : "_started")
        + "\",\"wave\":"
        + event.stage()
        + ",\"lane\":0,\"prev_hash\":"
        + previous;
  }

  /** The first eight bytes of BLAKE3 over {@code <seed>:<stage>}, as an unsigned number. */
  private String priority(String stageId) {
    byte[] hash = Blake3.hash(bytes(Long.toUnsignedString(planSeed) + ":" + stageId));
    return Long.toUnsignedString(ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  private static String blake3(String text) {
    return HexFormat.of().formatHex(Blake3.hash(bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
