package dev.assay.connectors.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFilesProperties {
  private static final String JSON =
      "{\"name\": \"a\\u0041\", \"list\": [1, -2.5e3, true, null, {}], \"n\": 12}";

  @Property
  void parse_nulAnywhere_isToldAsNul(@ForAll @IntRange(max = 100) int at) {
    byte[] bytes = (" " + JSON + "\n").getBytes(StandardCharsets.UTF_8);
    bytes[at % bytes.length] = 0;
    assertThatThrownBy(() -> JsonFiles.parse(bytes))
        .isInstanceOf(RecordException.class)
        .hasMessage("it holds NUL bytes; expected JSON in UTF-8");
  }

  /** Numbers, texts and white space of all kinds, in the layout of a run's summary. */
  private static final String PLAIN =
      """
      {
        "run_id": "a-1",\t"n": [ 0, -1, 2.50, 1e-7, -0.0, 16294208416658607535,1E+5 ] ,
        "inner": {"p50": 0.32752636, "none": {}, "empty": [ ], "deep": [[[true,false]]]},
        "status_message": null
      }
      """;

  @Test
  void parse_plainJson_needsNoParser() throws Unfamiliar, RecordException {
    byte[] bytes = PLAIN.getBytes(StandardCharsets.UTF_8);
    assertThat(PlainTree.read(bytes)).isEqualTo(JsonFiles.parsed(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 19, 30, 39, 40})
  void parse_longNumber_isReadAlikeWithAndWithoutAParser(int digits) {
    String many = "1".repeat(digits);
    for (String number : List.of(many, many + "." + many, "-0." + many, many + "e-" + digits)) {
      assertAlike(("{\"n\": %s}".formatted(number)).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Property(tries = 10_000)
  void parse_anyByteReplaced_isReadAlikeWithAndWithoutAParser(
      @ForAll @IntRange(max = 300) int at, @ForAll byte with) {
    byte[] bytes = PLAIN.getBytes(StandardCharsets.UTF_8);
    bytes[at % bytes.length] = with;
    assertAlike(bytes);
  }

  @Property(tries = 5_000)
  void parse_anyPartRepeatedOrLeftOut_isReadAlikeWithAndWithoutAParser(
      @ForAll @IntRange(max = 300) int from, @ForAll @IntRange(max = 300) int to) {
    int cut = from % PLAIN.length();
    String text = PLAIN.substring(0, cut) + PLAIN.substring(to % PLAIN.length());
    assertAlike(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void parse_deeperThanItsBound_isReadByAParser() throws RecordException {
    byte[] bytes = ("[".repeat(60) + "]".repeat(60)).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> PlainTree.read(bytes)).isInstanceOf(Unfamiliar.class);
    assertThat(JsonFiles.parse(bytes)).isInstanceOf(JsonArray.class);
  }

  /** What is read without a parser is what one reads; and it reads nothing that one refuses. */
  private static void assertAlike(byte[] bytes) {
    try {
      JsonValue plain = PlainTree.read(bytes);
      assertThat(plain).isEqualTo(JsonFiles.parsed(bytes));
    } catch (Unfamiliar _) {
      // a parser's
    } catch (RecordException e) {
      throw new AssertionError("a parser refuses what was read without one", e);
    }
  }

  @Property
  void parse_nulPutBetween_isToldAsNul(
      @ForAll @IntRange(max = 100) int at, @ForAll @IntRange(min = 1, max = 9) int count) {
    StringBuilder text = new StringBuilder(JSON);
    text.insert(at % (JSON.length() + 1), "\0".repeat(count));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> JsonFiles.parse(bytes))
        .isInstanceOf(RecordException.class)
        .hasMessage("it holds NUL bytes; expected JSON in UTF-8");
  }
}
