package dev.assay.cli.ledger;

import dev.assay.cli.base.OptionFile;
import dev.assay.cli.base.UsageException;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKeys;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads events for {@code ledger append}; refuses the whole file for one bad line. */
final class EventFile {
  private static final int MAX_LINES = 100_000;

  /** The bound of an entry's encoding. */
  private static final int MAX_LINE_BYTES = 65_535;

  private static final Set<String> KEYS =
      Set.of("key", "kind", "actor", "subject", "outcome", "occurred", "payload");

  private final Path file;
  private final Instant now;

  /**
   * An event.
   *
   * @param line where it stands, from 1
   */
  record Event(int line, NewEntry entry) {}

  EventFile(Path file, Instant now) {
    this.file = file;
    this.now = now;
  }

  /**
   * The events.
   *
   * @throws UsageException for a bad line, with its number
   */
  List<Event> read() throws IOException {
    List<Event> events = new ArrayList<>();
    int line = 0;
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(OptionFile.requireFile("--file", file)))) {
      for (Optional<byte[]> bytes = line(in, 1); bytes.isPresent(); bytes = line(in, line + 1)) {
        line++;
        if (line > MAX_LINES) {
          throw wrong(line, "more than %d lines; split the file".formatted(MAX_LINES));
        }
        if (bytes.get().length > 0) {
          events.add(new Event(line, event(line, bytes.get())));
        }
      }
    }
    if (events.isEmpty()) {
      throw new UsageException("%s: no event in it; write one JSON object a line".formatted(file));
    }
    return events;
  }

  /** The next line without its end; empty at the end of the file. */
  private Optional<byte[]> line(InputStream in, int number) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      if (bytes.size() == MAX_LINE_BYTES) {
        throw wrong(number, "longer than %d bytes, the largest entry".formatted(MAX_LINE_BYTES));
      }
      bytes.write(next);
      next = in.read();
    }
    return Optional.of(bytes.toByteArray());
  }

  private NewEntry event(int line, byte[] json) {
    try {
      if (!(JsonReader.readExactly(json) instanceof JsonObject(var members))) {
        throw wrong(line, "not a JSON object");
      }
      JsonObject event = new JsonObject(members);
      for (String key : members.keySet()) {
        if (!KEYS.contains(key)) {
          throw wrong(
              line,
              "unknown key '%s'; known are %s".formatted(key, KEYS.stream().sorted().toList()));
        }
      }
      String kind = text(line, event, "kind");
      if (!kind.startsWith(EntryKind.EXTERNAL_PREFIX)) {
        throw wrong(
            line,
            "kind '%s': only kinds that begin with '%s' can be appended by hand"
                .formatted(kind, EntryKind.EXTERNAL_PREFIX));
      }
      return new NewEntry(
          EntryKeys.requireUsers(text(line, event, "key")),
          kind,
          text(line, event, "actor"),
          text(line, event, "subject"),
          optional(line, event, "outcome").orElse(""),
          optional(line, event, "occurred").map(text -> occurred(line, text)).orElse(now),
          Correlation.NONE,
          payload(line, event));
    } catch (JsonException | IllegalArgumentException e) {
      throw wrong(line, String.valueOf(e.getMessage()).replaceFirst("^line 1: ", ""));
    }
  }

  /** A time that entries hold: to the microsecond. */
  private Instant occurred(int line, String text) {
    try {
      Instant time = Instant.parse(text);
      if (time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
        return time;
      }
    } catch (DateTimeException _) {
      // as below
    }
    throw wrong(
        line,
        "'occurred' is '%s': write a time to the microsecond in UTC, as in 2026-01-31T12:00:00.123456Z"
            .formatted(text));
  }

  private JsonObject payload(int line, JsonObject event) {
    JsonValue payload = event.members().getOrDefault("payload", JsonObject.EMPTY);
    if (payload instanceof JsonObject object) {
      return object;
    }
    throw wrong(line, "'payload' is not an object");
  }

  private String text(int line, JsonObject event, String key) {
    return optional(line, event, key)
        .orElseThrow(() -> wrong(line, "'%s' is missing".formatted(key)));
  }

  private Optional<String> optional(int line, JsonObject event, String key) {
    JsonValue value = event.members().get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof JsonString(String text)) {
      return Optional.of(text);
    }
    throw wrong(line, "'%s' is not a string".formatted(key));
  }

  private UsageException wrong(int line, @org.jspecify.annotations.Nullable String what) {
    return new UsageException("%s:%d: %s".formatted(file, line, what));
  }
}
