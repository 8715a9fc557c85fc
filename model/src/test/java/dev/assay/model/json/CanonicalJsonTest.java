package dev.assay.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Against the vectors of RFC 8785; src/test/resources/json/jcs.json says where they are from. */
class CanonicalJsonTest {
  private final JsonObject vectors = (JsonObject) JsonReader.read(file());

  private static byte[] file() {
    try {
      return Files.readAllBytes(Path.of("src/test/resources/json/jcs.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void encode_vectors_givesTheirCanonicalForm() {
    int compared = 0;
    for (JsonValue vector : items(vectors, "cases")) {
      Map<String, JsonValue> members = ((JsonObject) vector).members();
      byte[] input = utf8(text(members.get("input")));
      if (members.get("jcs") instanceof JsonString(String jcs)) {
        assertThat(string(CanonicalJson.encode(JsonReader.read(input)))).isEqualTo(jcs);
        compared++;
      }
      if (members.get("keyOrder") instanceof JsonArray(List<JsonValue> order)) {
        assertThat(keys(CanonicalJson.encode(JsonReader.read(input))))
            .isEqualTo(order.stream().map(CanonicalJsonTest::text).toList());
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void format_vectors_areTheShortestDigits() {
    List<JsonValue> numbers = items(vectors, "numbers");
    assertThat(numbers).hasSizeGreaterThan(20);
    for (JsonValue number : numbers) {
      Map<String, JsonValue> members = ((JsonObject) number).members();
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(text(members.get("bits")), 16));
      assertThat(JsonNumbers.format(value)).isEqualTo(text(members.get("jcs")));
    }
  }

  @Test
  void read_invalidVectors_areRefused() {
    for (JsonValue invalid : items(vectors, "invalid")) {
      assertThatThrownBy(() -> CanonicalJson.encode(JsonReader.read(utf8(text(invalid)))))
          .as(text(invalid))
          .isInstanceOf(JsonException.class);
    }
  }

  /** The digits that BigDecimal reads exactly: a second way to the same double. */
  @Property(tries = 5000)
  void format_anyDouble_readsBackAsItself(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      assertThat(new BigDecimal(JsonNumbers.format(value)).doubleValue()).isEqualTo(value + 0.0);
    } else {
      assertThatThrownBy(() -> JsonNumbers.format(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Denormal doubles are where shortest-digit printers go wrong. */
  @Property(tries = 2000)
  void format_tinyDouble_hasNoShorterForm(@ForAll long seed) {
    double value = Double.longBitsToDouble(seed & 0x7fffL);
    String text = JsonNumbers.format(value);
    String digits = text.replaceFirst("e.*", "").replace(".", "");
    if (digits.length() == 2) {
      for (int digit = 1; digit <= 9; digit++) {
        assertThat(Double.parseDouble(digit + text.substring(text.indexOf('e'))))
            .isNotEqualTo(value);
      }
    }
    assertThat(Double.parseDouble(text)).isEqualTo(value);
  }

  @Property(tries = 2000)
  void read_randomBytes_givesOnlyItsOwnException(@ForAll @Size(max = 100) byte[] bytes) {
    try {
      JsonValue value = JsonReader.read(bytes);
      assertThat(JsonReader.read(CanonicalJson.encode(value))).isEqualTo(value);
    } catch (JsonException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Property(tries = 1000)
  void encode_anyText_comesBackOrIsRefused(@ForAll String text) {
    try {
      assertThat(JsonReader.read(CanonicalJson.encode(new JsonString(text))))
          .isEqualTo(new JsonString(text));
    } catch (JsonException e) {
      assertThat(e).hasMessageContaining("lone surrogate");
    }
  }

  @Test
  void read_tooDeep_isRefused() {
    assertThatThrownBy(() -> JsonReader.read(utf8("[".repeat(100_000))))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void read_numberBeyondADouble_isRefusedWithItsLine() {
    assertThatThrownBy(() -> JsonReader.read(utf8("[\n1e400]")))
        .isInstanceOf(JsonException.class)
        .hasMessage("line 2: 1e400 is beyond a double; write it as a string");
  }

  @Test
  void read_secondValue_isRefused() {
    assertThatThrownBy(() -> JsonReader.read(utf8("1\n2")))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("line 2: something follows");
  }

  @Test
  void ofLong_beyondExactDoubles_isAStringOfDigits() {
    assertThat(JsonValue.ofLong((1L << 53) - 1)).isEqualTo(new JsonNumber(9007199254740991d));
    assertThat(JsonValue.ofLong(1L << 53)).isEqualTo(new JsonString("9007199254740992"));
    assertThat(JsonValue.ofLong(Long.MIN_VALUE)).isEqualTo(new JsonString("-9223372036854775808"));
  }

  @Test
  void writer_everyKind_isWhatTheTreeGives() {
    CanonicalWriter out =
        new CanonicalWriter(0)
            .beginObject()
            .key("a")
            .beginArray()
            .integer(1L << 53)
            .number(0.5)
            .nullValue()
            .value(true)
            .bits(Double.NaN)
            .endArray()
            .key("b")
            .value("\u0001\"\\\u20ac\uD83D\uDE00")
            .endObject();
    assertThat(string(out.toByteArray()))
        .isEqualTo(
            "{\"a\":[\"9007199254740992\",0.5,null,true,\"7ff8000000000000\"],"
                + "\"b\":\"\\u0001\\\"\\\\\u20ac\uD83D\uDE00\"}");
  }

  @Property(tries = 2000)
  void writer_anyLong_isWhatTheTreeGives(@ForAll long value, @ForAll @IntRange(max = 63) int cut) {
    long shorter = value >> cut; // most longs are beyond exact doubles
    assertThat(string(new CanonicalWriter(0).integer(shorter).toByteArray()))
        .isEqualTo(string(CanonicalJson.encode(JsonValue.ofLong(shorter))));
  }

  @Test
  void writer_longsAtTheEdges_areWhatTheTreeGives() {
    long safe = JsonValue.MAX_SAFE_INTEGER;
    for (long value : new long[] {0, 9, 10, safe, safe + 1, -1, -safe, -safe - 1, Long.MIN_VALUE}) {
      assertThat(string(new CanonicalWriter(0).integer(value).toByteArray()))
          .isEqualTo(string(CanonicalJson.encode(JsonValue.ofLong(value))));
    }
  }

  @Property(tries = 2000)
  void bits_anyDouble_areTheHexDigitsOfItsBits(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    assertThat(string(new CanonicalWriter(0).bits(value).toByteArray()))
        .isEqualTo("\"%016x\"".formatted(Double.doubleToLongBits(value)));
  }

  @Property(tries = 5000)
  void read_anyDouble_isTheNearestToItsDigits(
      @ForAll long bits, @ForAll @IntRange(max = 20) int moreDigits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      String shortest = Double.toString(value);
      String exact = new BigDecimal(value).round(new MathContext(17 + moreDigits)).toString();
      for (String text : List.of(shortest, exact, Long.toString(bits))) {
        assertThat(JsonReader.read(text.getBytes(StandardCharsets.US_ASCII)))
            .isEqualTo(new JsonNumber(Double.parseDouble(text)));
      }
    }
  }

  @Test
  void read_negativeZero_keepsItsSign() {
    for (String text : List.of("-0", "-0.0", "-0e5", "-1e-999")) {
      assertThat(JsonReader.read(text.getBytes(StandardCharsets.US_ASCII)))
          .isEqualTo(new JsonNumber(-0.0));
    }
  }

  private static List<String> keys(byte[] json) {
    java.util.ArrayList<String> keys = new java.util.ArrayList<>();
    try (JsonParser parser = JsonReader.FACTORY.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          keys.add(parser.currentName());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys;
  }

  private static List<JsonValue> items(JsonObject object, String key) {
    return ((JsonArray) object.members().get(key)).items();
  }

  private static String text(JsonValue value) {
    return ((JsonString) value).value();
  }

  private static String string(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
