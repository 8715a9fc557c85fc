package dev.assay.connectors.assayjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.run.Run;
import dev.assay.model.run.RunCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the bytes are, a run comes out that can be encoded. */
class AssayJsonProperties {
  private static final Path GOOD = Path.of("src/test/resources/assayjson/good.json");

  @Property(tries = 500)
  void read_anyBytes_givesARun(@ForAll("bytes") byte[] bytes) {
    JsonPlace place = place(bytes);
    Run run = RunReader.read(place, "test");
    RunCodec.encode(run);
    if (run.problems().isEmpty()) {
      assertThat(place.identity()).isEqualTo(run.identity());
    }
  }

  @Property(tries = 500)
  void read_oneByteChanged_givesARunWithTheIdentityOfTheScan(
      @ForAll @IntRange(max = 1300) int at, @ForAll byte value) throws IOException {
    byte[] bytes = Files.readAllBytes(GOOD);
    bytes[at % bytes.length] = value;
    JsonPlace place = place(bytes);
    Run run = RunReader.read(place, "test");
    RunCodec.encode(run);
    if (run.problems().isEmpty()) {
      assertThat(place.identity()).isEqualTo(run.identity());
    }
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
                "\"step\"",
                "\"value\"",
                "\"time\"",
                "1",
                "-2.5e9",
                "\"NaN\"",
                "null",
                "true",
                "\"\\ud800\"",
                "\n",
                "\"code\"")
            .list()
            .ofMaxSize(40)
            .map(tokens -> String.join("", tokens).getBytes(StandardCharsets.UTF_8));
    return Arbitraries.oneOf(noise, almost);
  }

  private static JsonPlace place(byte[] bytes) {
    return new JsonPlace(bytes, 0, bytes.length, "run.json", 0, "run", Optional.empty());
  }
}
