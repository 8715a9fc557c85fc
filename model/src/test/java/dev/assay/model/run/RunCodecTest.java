package dev.assay.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCodecTest {
  /** {@code sha256sum} of the golden file; docs/formats/run.md shows both. */
  private static final String DIGEST =
      "173c7aa25f076d6886c49e74af6c13d79d938ef53ae293f07b29c55719a2c086";

  @Test
  void encode_vector_isTheGoldenFile() throws IOException {
    RunCodec.EncodedRun encoded = RunCodec.encode(Runs.vector());
    assertThat(new String(encoded.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden(), StandardCharsets.UTF_8));
    assertThat(encoded.digest().hex()).isEqualTo(DIGEST);
  }

  @Test
  void encode_otherSource_sameDigest() {
    Run here = new RunBuilder(new Source("test", "/here"), "r").build();
    Run there = new RunBuilder(new Source("test", "/there"), "r").build();
    assertThat(RunCodec.encode(there).digest()).isEqualTo(RunCodec.encode(here).digest());
  }

  @Test
  void encode_orderOfAdding_doesNotMatter() {
    RunBuilder a =
        new RunBuilder(Runs.SOURCE, "r").param("x", "1").param("a", "2").parent("p").parent("o");
    a.metric("m").add(1, 5, 1).add(2, 5, 2);
    RunBuilder b =
        new RunBuilder(Runs.SOURCE, "r").parent("o").parent("p").param("a", "2").param("x", "1");
    b.metric("m").add(2, 5, 2).add(1, 5, 1).add(2, 5, 2);
    assertThat(RunCodec.encode(b.build()).digest()).isEqualTo(RunCodec.encode(a.build()).digest());
  }

  @Property(tries = 200)
  void encode_anyRun_isCanonicalJson(@ForAll("runs") Run run) {
    byte[] bytes = RunCodec.encode(run).bytes();
    assertThat(CanonicalJson.encode(JsonReader.read(bytes))).isEqualTo(bytes);
  }

  @Property
  void format_anyMicros_isAsInstantToString(
      @ForAll @LongRange(min = -90_000_000_000_000_000L, max = 300_000_000_000_000_000L)
          long micros) {
    Instant instant = Timestamps.instant(micros);
    assertThat(Timestamps.format(micros)).isEqualTo(instant.toString());
    assertThat(Timestamps.micros(instant)).isEqualTo(micros);
    assertThat(Timestamps.parse(instant.toString())).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59Z",
        "2024-01-31T00:00:00.1Z",
        "2024-12-01T00:00:00.123456789Z",
        "+12024-12-01T00:00:00Z",
        "0000-03-01T00:00:00.001Z"
      })
  void parse_unusualTime_isAsInstantReadsIt(String text) {
    assertThat(Timestamps.parse(text)).isEqualTo(Timestamps.micros(Instant.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-01-01T24:00:01Z",
        "2024-01-01T00:00:00.+12Z",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:00+"
      })
  void parse_noTime_isRefused(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void format_edges_areAsInstantToString() {
    for (String text :
        List.of(
            "0000-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "2000-02-29T12:00:00.001Z",
            "2100-03-01T00:00:00.000001Z",
            "9999-12-31T23:59:59.999999Z")) {
      assertThat(Timestamps.format(Timestamps.micros(Instant.parse(text)))).isEqualTo(text);
    }
  }

  @Provide
  Arbitrary<Run> runs() {
    return Runs.any();
  }

  private static byte[] golden() throws IOException {
    try (InputStream in = RunCodecTest.class.getResourceAsStream("/run/vector.json")) {
      return in.readAllBytes();
    }
  }
}
