package dev.assay.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1152921504606846977",
        "1152921504606846976", // a double, but canonical JSON writes other digits
        "9007199254740993",
        "-9007199254740993",
        "9007199254740993.0",
        "3.14159265358979323846",
        "1e-400",
        "0.1000000000000000055511151231257827"
      })
  void readExactly_numberThatADoubleLoses_isRefusedNamingIt(String number) {
    assertThatThrownBy(() -> JsonReader.readExactly(bytes("{\"a\":[" + number + "]}")))
        .isInstanceOf(JsonException.class)
        .hasMessageContainingAll(number + " would become ", "write it as a string");
    assertThat(JsonReader.read(bytes(number))).isInstanceOf(JsonValue.JsonNumber.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "0e5",
        "1",
        "-17",
        "9007199254740991",
        "9007199254740992",
        "1152921504606847000",
        "1e21",
        "1E+300",
        "0.1",
        "0.10000000000000001", // %.17g
        "5e-324",
        "1.7976931348623157e308",
        "100.50"
      })
  void readExactly_numberThatADoubleHolds_isReadAsEver(String number) {
    assertThat(JsonReader.readExactly(bytes(number))).isEqualTo(JsonReader.read(bytes(number)));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
