package dev.assay.connectors.assayjson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, the identity is what a parser finds that looks at every token. */
class IdentityReaderProperties {
  @Property(tries = 3_000)
  void identity_familiarRun_isTheParsers(@ForAll long seed) {
    assertAlike(RunTexts.familiar(seed));
  }

  @Property(tries = 10_000)
  void identity_oddRun_isTheParsers(@ForAll long seed) {
    assertAlike(RunTexts.odd(seed));
  }

  @Property(tries = 20_000)
  void identity_brokenRun_isTheParsers(@ForAll long seed) {
    assertAlike(RunTexts.broken(seed));
  }

  @Property(tries = 20_000)
  void identity_anyTokens_isTheParsers(@ForAll("tokens") byte[] bytes) {
    assertAlike(bytes);
  }

  @Property(tries = 2_000)
  void identity_anyBytes_isTheParsers(@ForAll byte[] bytes) {
    assertAlike(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\",\"experiment\":\"e\",\"params\":{},\"source\":\"s:x\"}",
        "{\"id\":\"a\",\"experiment\":\"e\",\"params\":{\"source\":\"s:x\"}}",
        "{\"id\":\"a\",\"params\":{},\"sourc\\u0065\":\"s:x\"}",
        "{\"id\":\"a\",\"params\":{},\"\\u0069d\":\"b\"}",
        "{\"id\":\"a\",\"params\":{},\"id\":\"b\",\"id\":\"c\",\"id\":\"d\"}",
        "{\"id\":\"a\",\"id\":\"b\",\"experiment\":\"e\",\"source\":\"s:x\"}",
        "{\"id\":\"a\",\"seed\":1,\"experiment\":\"e\" \"source\":\"s:x\"}",
        "{\"id\":\"a\" \"experiment\":\"e\"}",
        "{\"id\":\"a\",,\"experiment\":\"e\"}",
        "{\"id\":\"a\",\"x\":[}],\"experiment\":\"e\"}",
        "{\"id\":7,\"experiment\":[],\"source\":\"no system\"}",
        "{\"id\" :\"a\",\"experiment\"\n:\"e\"}",
        "{\"id\":\"a\"}{\"experiment\":\"e\"}",
        "[\"id\",\"a\"]",
        "\uFEFF{\"id\":\"a\"}",
        "{\0\"id\":\"a\"}",
        "{\"id\":\"a\0\",\"experiment\":\"e\"}",
        ""
      })
  void identity_ofOneOddity_isTheParsers(String json) {
    assertAlike(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 4097, 8192, 20_000, 5 << 20})
  void identity_afterALongText_isTheParsers(int length) {
    String text = "x".repeat(length);
    for (String before :
        new String[] {"\"x\":\"" + text, "\"" + text + "\":\"", "\"id\":\"" + text}) {
      assertAlike(("{" + before + "\",\"id\":\"a\"}").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A parser takes bytes C1 A9 for an i, though no writer of UTF-8 may. */
  @Test
  void identity_keyInOverlongBytes_isTheParsers() {
    byte[] bytes = "{\"id\":\"a\",\"tags\":{},\"??d\":\"b\"}".getBytes(StandardCharsets.ISO_8859_1);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('?');
    bytes[at] = (byte) 0xC1;
    bytes[at + 1] = (byte) 0xA9;
    assertAlike(bytes);
  }

  /** Keys of the identity at any distance from where eight bytes at once begin and end. */
  @Test
  void identity_keyAtAnyPlace_isTheParsers() {
    for (String key : new String[] {"id", "experiment", "source"}) {
      for (int i = 0; i < 40; i++) {
        String json = "{\"params\":{%s},\"%s\":\"b:x\"%s".formatted(" ".repeat(i), key, "}");
        assertAlike(json.getBytes(StandardCharsets.UTF_8));
        assertAlike((json + " ".repeat(i)).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Provide
  Arbitrary<byte[]> tokens() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            " ",
            "\"id\":",
            "\"experiment\":",
            "\"source\":",
            "\"a\"",
            "\"id\":\"a\",",
            "\"experiment\":\"e\",",
            "\"source\":\"s:l\",",
            "\"x\":",
            "1",
            "null",
            "\"x\":{\"id\":\"no\"},",
            "\"\\u0069d\":",
            "\\",
            "ü",
            "r",
            "d",
            "\n",
            "\"name\":\"n\",")
        .list()
        .ofMaxSize(12)
        .map(tokens -> ("{" + String.join("", tokens)).getBytes(StandardCharsets.UTF_8));
  }

  /** Also between other bytes, which are none of the run's. */
  private static void assertAlike(byte[] bytes) {
    assertThat(RunTexts.place(bytes).identity()).isEqualTo(reference(RunTexts.place(bytes)));
    byte[] around = "\"id\":\"a\",\"experiment\":\"b\"}".getBytes(StandardCharsets.UTF_8);
    byte[] buffer = Arrays.copyOf(around, around.length * 2 + bytes.length);
    System.arraycopy(bytes, 0, buffer, around.length, bytes.length);
    System.arraycopy(around, 0, buffer, around.length + bytes.length, around.length);
    JsonPlace place =
        new JsonPlace(buffer, around.length, bytes.length, "run.json", 0, "run", Optional.empty());
    assertThat(place.identity()).isEqualTo(reference(place));
  }

  private static RunIdentity reference(JsonPlace place) {
    String id = place.fallbackId();
    String experiment = "";
    String system = JsonPlace.SYSTEM;
    int open = 3;
    try (JsonParser parser = place.parser()) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (open > 0 && parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          JsonToken token = parser.nextToken();
          String text = token == JsonToken.VALUE_STRING ? parser.getText() : "";
          switch (key) {
            case "id" -> {
              id = text.isEmpty() ? id : text;
              open--;
            }
            case "experiment" -> {
              experiment = text;
              open--;
            }
            case "source" -> {
              system = JsonPlace.source(text).map(Source::system).orElse(system);
              open--;
            }
            default -> parser.skipChildren();
          }
        }
      }
    } catch (IOException | RecordException e) {
      return Texts.identity(system, experiment, id);
    }
    return Texts.identity(system, experiment, id);
  }
}
