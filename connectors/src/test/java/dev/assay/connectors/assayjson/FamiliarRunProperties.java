package dev.assay.connectors.assayjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.Run;
import dev.assay.model.run.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in a familiar form are read without a parser, to the same effect. */
class FamiliarRunProperties {
  private static final Path GOOD = Path.of("src/test/resources/assayjson/good.json");

  @Property(tries = 3_000)
  void read_familiarRun_needsNoParserAndIsReadAlike(@ForAll long seed) {
    byte[] bytes = RunTexts.familiar(seed);
    assertThat(familiar(bytes)).contains(parsed(bytes));
  }

  @Property(tries = 10_000)
  void read_oddRun_isReadAlike(@ForAll long seed) {
    assertAlike(RunTexts.odd(seed));
  }

  @Property(tries = 10_000)
  void read_brokenRun_isReadAlike(@ForAll long seed) {
    assertAlike(RunTexts.broken(seed));
  }

  @Property(tries = 2_000)
  void read_anyByteReplaced_isReadAlike(@ForAll @IntRange(max = 1300) int at, @ForAll byte with)
      throws IOException {
    byte[] bytes = Files.readAllBytes(GOOD);
    bytes[at % bytes.length] = with;
    assertAlike(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"step\":1,\"value\":0.5}]}}",
        "{\"value\": 1, \"id\": \"a\"}",
        "{\"id\" : \"a\"}",
        "{\"id\":\"a\",\"other\":null}",
        "{\"id\":\"a\",\"parents\":[null]}",
        "{\"id\":\"a\",\"id\":null}",
        "{\"id\":null,\"id\":\"a\"}",
        "{\"id\":\"a\",\"params\":{\"p\":null,\"p\":\"1\"}}",
        "{\"id\":\"a\",\"datasets\":[{\"name\":7}]}",
        "{\"id\":\"a\",\"artifacts\":[{\"path\":7,\"size\":1}]}",
        "{\"id\":\"a\",\"code\":{\"dirty\":\"maybe\",\"commit\":null}}",
        "{\"id\":\"a\",\"kind\":\"Run\",\"schema\":\"assay/run/v2\"}",
        "{\"id\":\"a\",\"seed\":-}",
        "{\"id\":\"a\"}\0",
        "\uFEFF{\"id\":\"a\"}",
        "{}",
        ""
      })
  void read_runWithOneOddity_isReadAlike(String json) {
    assertAlike(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"params,1", "tags,1", "metrics,[]"})
  void read_aroundABound_isReadAlike(String member, String value) {
    for (int count : new int[] {9_999, 10_000, 10_001, 10_003}) {
      StringBuilder json =
          new StringBuilder("{\"id\":\"a\",\"%s\":{\"p\":%s".formatted(member, value));
      for (int i = 1; i < count; i++) {
        json.append(",\n\"p").append(i).append("\":").append(value);
      }
      byte[] bytes = json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
      assertAlike(bytes);
      assertThat(parsed(bytes).problems()).hasSize(count > 10_000 ? 1 : 0);
      assertThat(familiar(bytes).isPresent()).isEqualTo(count <= 10_000);
    }
  }

  @Test
  void read_unreadablePlace_saysWhy() {
    JsonPlace place = JsonPlace.unreadable("run.json", 0, "run", "it is gone");
    assertThat(RunReader.read(place, "test")).isEqualTo(RunReader.parsed(place, "test"));
    assertThat(RunReader.read(place, "test").problems()).hasSize(1);
  }

  private static void assertAlike(byte[] bytes) {
    Run parsed = parsed(bytes);
    assertThat(RunReader.read(RunTexts.place(bytes), "test")).isEqualTo(parsed);
    assertThat(familiar(bytes).orElse(parsed)).isEqualTo(parsed);
  }

  private static Run parsed(byte[] bytes) {
    return RunReader.parsed(RunTexts.place(bytes), "test");
  }

  private static Optional<Run> familiar(byte[] bytes) {
    RunDraft draft = new RunDraft(new Source(JsonPlace.SYSTEM, "test"), "", "run");
    return FamiliarRun.read(RunTexts.place(bytes), draft);
  }
}
