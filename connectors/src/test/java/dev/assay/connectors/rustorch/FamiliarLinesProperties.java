package dev.assay.connectors.rustorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.Run;
import dev.assay.model.run.Source;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Lines in the trainer's own layout are read without a parser, to the same effect. A space before
 * the first makes it unfamiliar, and so all of them, without moving any line.
 */
class FamiliarLinesProperties {
  private static final String METRICS =
      """
      {"step":4,"metrics":{"batch":3.0,"epoch":0.0,"loss":0.5219372},"timestamp_unix":1795351372}
      {"step":8,"metrics":{"batch":7.0,"epoch":0.0,"loss":null},"timestamp_unix":1795351372}
      {"step":12,"metrics":{"batch":3.0,"loss":1e-7,"epoch":-1.25},"timestamp_unix":1795351373}
      """;
  private static final String TELEMETRY =
      """
      {"name":"metrics_flush","duration_ms":0.052147,"timestamp_ms":1795351372811,"tags":{"count":"8"}}
      {"name":"backward","duration_ms":0.07759500000000001,"timestamp_ms":1795351373171,"tags":{}}
      {"name":"metrics_flush","duration_ms":0.02418541691515378,"timestamp_ms":1795351373172,"tags":{}}
      """;

  @Property(tries = 3_000)
  void metrics_anyByteReplaced_areReadAlikeByBothReaders(
      @ForAll @IntRange(max = 280) int at, @ForAll byte with) {
    assertAlike(replaced(METRICS, at, with), this::metrics);
  }

  @Property(tries = 3_000)
  void telemetry_anyByteReplaced_isReadAlikeByBothReaders(
      @ForAll @IntRange(max = 290) int at, @ForAll byte with) {
    assertAlike(replaced(TELEMETRY, at, with), this::telemetry);
  }

  @Property(tries = 1_000)
  void metrics_anyByteLeftOut_areReadAlikeByBothReaders(@ForAll @IntRange(max = 280) int at) {
    byte[] bytes = METRICS.getBytes(StandardCharsets.UTF_8);
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
    System.arraycopy(
        bytes,
        at % shorter.length + 1,
        shorter,
        at % shorter.length,
        shorter.length - at % shorter.length);
    assertAlike(shorter, this::metrics);
  }

  @Test
  void stats_metricOnlyInABrokenRecord_hasNone() {
    RunDraft draft = draft();
    byte[] noStep =
        "{\"metrics\":{\"x\":1.0},\"timestamp_unix\":1}".getBytes(StandardCharsets.UTF_8);
    assertThat(MetricsLog.read(noStep, draft).stats()).isEmpty();
  }

  private void metrics(byte[] bytes, RunDraft draft) {
    MetricsLog log = MetricsLog.read(bytes, draft);
    draft.tag("", "records", log.records() + " " + log.first() + log.last());
    log.stats().forEach((name, stats) -> draft.tag("", "mean " + name, stats.mean() + ""));
  }

  private void telemetry(byte[] bytes, RunDraft draft) {
    TelemetryLog log = TelemetryLog.read(bytes, draft);
    draft.tag("", "records", log.total() + "");
    log.events()
        .forEach(
            (name, event) -> draft.tag("", "mean " + name, event.count() + " " + event.mean()));
  }

  private static void assertAlike(byte[] bytes, BiConsumer<byte[], RunDraft> reader) {
    byte[] unfamiliar = new byte[bytes.length + 1];
    unfamiliar[0] = ' ';
    System.arraycopy(bytes, 0, unfamiliar, 1, bytes.length);
    Run familiar = read(bytes, reader);
    Run parsed = read(unfamiliar, reader);
    assertThat(familiar.metrics()).isEqualTo(parsed.metrics());
    assertThat(familiar.tags()).isEqualTo(parsed.tags());
    // Broken syntax at a line's start is told of the line before by a parser that has read it.
    assertThat(familiar.problems()).hasSameSizeAs(parsed.problems());
  }

  private static Run read(byte[] bytes, BiConsumer<byte[], RunDraft> reader) {
    RunDraft draft = draft();
    reader.accept(bytes, draft);
    return draft.build();
  }

  private static RunDraft draft() {
    return new RunDraft(new Source("rustorch", "here"), "e", "r");
  }

  private static byte[] replaced(String text, int at, byte with) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bytes[at % bytes.length] = with;
    return bytes;
  }
}
