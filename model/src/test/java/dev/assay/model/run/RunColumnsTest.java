package dev.assay.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.bytes.Varints;
import dev.assay.model.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunColumnsTest {
  /** The vector's one series; docs/formats/run.md explains it. */
  private static final String VECTOR_COLUMNS =
      "020202f8ffffffffffffffff01"
          + "80c0c9c4baeba406c0843dc0bbf9bac594dbf9ff0100"
          + "3fe000000000000000000000000000017ff8000000000000fff0000000000000";

  @Test
  void pack_vector_isTheDocumentedOne() {
    byte[] packed = RunColumns.pack(Runs.vector());
    int outline = ByteBuffer.wrap(packed).getInt();
    assertThat(new String(packed, Integer.BYTES, outline, StandardCharsets.UTF_8))
        .contains("\"metrics\":{\"loss\":4},\"name\"");
    assertThat(HexFormat.of().formatHex(packed, Integer.BYTES + outline, packed.length))
        .isEqualTo(VECTOR_COLUMNS);
  }

  @Property(tries = 300)
  void unpack_packedRun_isTheRun(@ForAll("runs") Run run) {
    assertThat(RunColumns.unpack(RunColumns.pack(run), Runs.SOURCE)).isEqualTo(run);
  }

  @Property(tries = 500)
  void unpack_anyBytes_onlyItsOwnException(@ForAll("bytes") byte[] outline, @ForAll byte[] rest) {
    unpack(withLength(outline, rest));
    unpack(rest);
  }

  @Property(tries = 500)
  void unpack_oneByteChanged_onlyItsOwnException(
      @ForAll @IntRange(max = 5000) int at, @ForAll byte value) {
    byte[] packed = RunColumns.pack(Runs.vector());
    packed[at % packed.length] = value;
    unpack(packed);
  }

  @Property(tries = 200)
  void unpack_cutShortOrLonger_isRefused(
      @ForAll("runs") Run run, @ForAll @IntRange(min = 1) int by) {
    byte[] packed = RunColumns.pack(run);
    assertThatThrownBy(
            () -> RunColumns.unpack(Arrays.copyOf(packed, by % packed.length), Runs.SOURCE))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(
            () ->
                RunColumns.unpack(Arrays.copyOf(packed, packed.length + 1 + by % 20), Runs.SOURCE))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("follow the last series");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"id\":7}",
        "{\"id\":\"a\",\"surplus\":1}",
        "{\"id\":\"a\",\"status\":\"DONE\"}",
        "{\"id\":\"a\",\"started\":\"today\"}",
        "{\"id\":\"a\",\"metrics\":{\"m\":[1]}}",
        "{\"id\":\"a\",\"metrics\":{\"m\":-1}}",
        "{\"id\":\"a\",\"metrics\":{\"m\":0}}",
        "{\"id\":\"a\",\"metrics\":{\"m\":3}}",
        "{\"id\":\"a\",\"metrics\":{\"m\":\"9223372036854775807\"}}",
        "{\"id\":\"a\",\"code\":{\"commit\":null}}",
        "{\"id\":\"a\",\"artifacts\":[{\"path\":\"p\",\"size\":-1}]}",
        "{\"id\":\"a\",\"id\":\"a\"}",
        "{\"id\":\"a\"} x"
      })
  void unpack_notAnOutline_isRefused(String json) {
    byte[] packed = withLength(json.getBytes(StandardCharsets.UTF_8), new byte[20]);
    assertThatThrownBy(() -> RunColumns.unpack(packed, Runs.SOURCE))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("not a run in columns");
  }

  @ParameterizedTest
  @CsvSource({
    "0,00",
    "-1,01",
    "1,02",
    "63,7e",
    "64,8001",
    "-9223372036854775808,ffffffffffffffffff01",
    "9223372036854775807,feffffffffffffffff01"
  })
  void varint_edges_areAsInProtocolBuffers(long value, String hex) {
    ByteBuffer out = ByteBuffer.allocate(Varints.MOST_BYTES);
    Varints.write(out, value);
    assertThat(HexFormat.of().formatHex(out.array(), 0, out.position())).isEqualTo(hex);
    assertThat(Varints.read(out.flip())).isEqualTo(value);
  }

  @Provide
  Arbitrary<Run> runs() {
    return Runs.any();
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    Arbitrary<byte[]> almost =
        Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"id\"",
                "\"metrics\"",
                "\"loss\"",
                "1",
                "-2.5e9",
                "null",
                "\"\\ud800\"",
                "\"code\"")
            .list()
            .ofMaxSize(40)
            .map(tokens -> String.join("", tokens).getBytes(StandardCharsets.UTF_8));
    return Arbitraries.oneOf(noise, almost);
  }

  private static byte[] withLength(byte[] outline, byte[] rest) {
    return ByteBuffer.allocate(Integer.BYTES + outline.length + rest.length)
        .putInt(outline.length)
        .put(outline)
        .put(rest)
        .array();
  }

  /** Another run, or its own exception. */
  private static void unpack(byte[] packed) {
    try {
      assertThat(RunColumns.unpack(packed, Runs.SOURCE).source()).isEqualTo(Runs.SOURCE);
    } catch (JsonException e) {
      assertThat(e).hasMessageContaining("not a run in columns");
    }
  }
}
