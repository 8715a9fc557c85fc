package dev.assay.connectors.assayjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.record.RecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Lines are those of the text, blank ones left out, however they fall into tasks and buffers. */
class JsonLinesProperties {
  private static final int LINE_BYTES = 1 << 20;

  @Property(tries = 300)
  void tasks_anyLines_areThoseOfTheText(@ForAll("texts") String text)
      throws IOException, RecordException {
    Path file = Files.createTempFile("runs", ".jsonl");
    try {
      Files.writeString(file, text, StandardCharsets.ISO_8859_1);
      assertThat(found(file)).isEqualTo(expected(text, file.getFileName().toString()));
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> found(Path file) throws IOException, RecordException {
    List<String> found = new ArrayList<>();
    try (JsonLines lines = JsonLines.open(file)) {
      while (lines.hasNext()) {
        for (JsonPlace place : ((JsonTask) lines.next()).places()) {
          String text =
              new String(place.bytes(), place.from(), place.length(), StandardCharsets.ISO_8859_1);
          found.add(
              line(place.fallbackId(), place.linesBefore(), text, place.unreadable().isPresent()));
        }
      }
    }
    return found;
  }

  private static List<String> expected(String text, String name) {
    List<String> expected = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean tooLong = lines[i].length() > LINE_BYTES;
      if (tooLong || !lines[i].matches("[ \r\t]*+")) {
        expected.add(line(name + ":" + (i + 1), i, tooLong ? "" : lines[i], tooLong));
      }
    }
    return expected;
  }

  private static String line(String id, long linesBefore, String text, boolean tooLong) {
    return "%s %d %b %d %s".formatted(id, linesBefore, tooLong, text.length(), text.hashCode());
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "\n", "\n", "\r\n", " ", "\t", "x", "{\"id\":\"a\"}", "\u008a", "\u000b", "\0");
    Arbitrary<String> longPiece =
        Arbitraries.of(
            "y".repeat(60_000),
            "z".repeat((128 << 10) - 1),
            " ".repeat(LINE_BYTES + 1),
            "w".repeat(LINE_BYTES),
            "v".repeat(LINE_BYTES + 1),
            "u".repeat(3 << 20));
    return Arbitraries.frequencyOf(Tuple.of(20, piece), Tuple.of(1, longPiece))
        .list()
        .ofMaxSize(60)
        .map(pieces -> String.join("", pieces));
  }
}
