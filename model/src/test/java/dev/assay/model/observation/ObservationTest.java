package dev.assay.model.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationTest {
  private static final Sha256 RUN = Sha256.of(new byte[] {1});

  static Stream<Seen> everything() {
    return Stream.of(
        new Seen.Exited(0, "out\n", ""),
        new Seen.Exited(1, "", "\uFFFD"),
        new Seen.Rows(JsonObject.EMPTY.with("more", true)),
        new Seen.Nothing("it took longer than PT1M"));
  }

  private static Observation of(Seen seen) {
    return new Observation(
        RUN,
        "look",
        seen,
        new TreeMap<>(Map.of("model/w", Sha256.of(new byte[] {2}))),
        new TreeSet<>(Set.of("TIME", "FILES")));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void fromJson_whatWasWritten_isEqual(Seen seen) {
    byte[] bytes = CanonicalJson.encode(of(seen).toJson());

    assertThat(Observation.fromJson(JsonReader.read(bytes))).isEqualTo(of(seen));
    assertThat(Sha256.of(bytes)).isEqualTo(of(seen).digest());
  }

  /** Computed with Python's json and hashlib. */
  @Test
  void digest_example_isTheVector() {
    Observation observation =
        new Observation(
            new Sha256("0".repeat(64)),
            "look",
            new Seen.Exited(1, "files 7\n", "loss is NaN\n"),
            new TreeMap<>(Map.of("model/MLmodel", new Sha256("1".repeat(64)))),
            new TreeSet<>(Set.of("TIME", "FILES")));

    assertThat(observation.digest().hex())
        .isEqualTo("d144fa3dccf17d7b74551e39112dc890f9156bff225d0b451236b6aaaf019456");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"files\":{},\"protections\":[],\"runDigest\":\"00\",\"check\":\"c\",\"nothing\":\"x\"}",
        "{\"files\":{},\"protections\":[1],\"runDigest\":\"00\",\"check\":\"c\",\"nothing\":\"x\"}",
        "{\"files\":{\"a\":1},\"protections\":[],\"check\":\"c\",\"nothing\":\"x\"}"
      })
  void fromJson_anythingElse_isRefused(String json) {
    assertThatThrownBy(
            () -> Observation.fromJson(JsonReader.read(json.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(JsonException.class);
  }
}
