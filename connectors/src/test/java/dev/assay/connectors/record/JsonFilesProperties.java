package dev.assay.connectors.record;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

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
