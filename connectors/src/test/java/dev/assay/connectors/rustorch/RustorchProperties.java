package dev.assay.connectors.rustorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.RunCodec;
import dev.assay.model.run.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the files hold, a run comes out that can be encoded. */
class RustorchProperties {
  private static final Path GOOD =
      Path.of("..", "examples", "rustorch", "lin-s1-1795351372-Ia08QK");

  @Property(tries = 300)
  void read_anyBytes_endsInProblems(@ForAll("bytes") byte[] bytes) {
    RunDraft draft = draft();
    MetricsLog.read(bytes, draft);
    TelemetryLog.read(bytes, draft);
    LedgerChain.read(bytes, "r", draft);
    RunCodec.encode(draft.build());
  }

  @Property(tries = 300)
  void check_anyCheckpoint_onlyItsOwnException(@ForAll("bytes") byte[] bytes) {
    checkpoint(bytes);
  }

  @Property(tries = 200)
  void check_damagedCheckpoint_onlyItsOwnException(
      @ForAll @IntRange(max = 304) int at, @ForAll byte value) throws IOException {
    byte[] bytes = Files.readAllBytes(GOOD.resolve("epoch_1.rtch"));
    bytes[at] = value;
    checkpoint(bytes);
  }

  @Property(tries = 200)
  void read_damagedLedger_isAlwaysSeen(@ForAll @IntRange(max = 5743) int at, @ForAll byte value)
      throws IOException {
    byte[] bytes = Files.readAllBytes(GOOD.resolve("governance_ledger.jsonl"));
    // White space at the end of a line is the one thing that changes nothing.
    boolean same = bytes[at] == value || (at == bytes.length - 1 && value == '\n');
    bytes[at] = value;
    RunDraft draft = draft();
    LedgerChain chain = LedgerChain.read(bytes, "lin-s1-1795351372-Ia08QK", draft);
    boolean seen = draft.problems() > 0 || !chain.lastEvent().equals("finalize Completed");
    assertThat(seen || same || chain.completed().size() == 8).isTrue();
    if (!same && at < bytes.length - 1) {
      assertThat(draft.problems()).isPositive();
    }
  }

  @Property(tries = 200)
  void sorted_anyValues_quantilesAreAmongThem(
      @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -1e6f, max = 1e6f) Float> values) {
    MetricStats stats = new MetricStats();
    values.forEach(value -> stats.add(value));
    MetricStats.Sorted sorted = stats.sorted();
    assertThat(sorted.isQuantile(0.5, sorted.quantile(0.5))).isTrue();
    assertThat(sorted.isQuantile(0.95, sorted.max() + 1)).isFalse();
    assertThat(stats.mean()).isBetween(sorted.min() - 1, sorted.max() + 1);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    Arbitrary<byte[]> almost =
        Arbitraries.strings()
            .withChars("{}[]:,\"\\u0019eE+-.nulNaftrse stepmtricvalu\n\t")
            .ofMaxLength(200)
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    return Arbitraries.oneOf(noise, almost);
  }

  private static void checkpoint(byte[] bytes) {
    assertThatCode(
            () -> {
              try {
                CheckpointFile.check(new ByteArrayInputStream(bytes), bytes.length);
              } catch (RecordException e) {
                assertThat(e.getMessage()).isNotEmpty();
              }
            })
        .as(() -> Arrays.toString(bytes))
        .doesNotThrowAnyException();
  }

  private static RunDraft draft() {
    return new RunDraft(new Source("rustorch", "test"), "store", "r");
  }
}
