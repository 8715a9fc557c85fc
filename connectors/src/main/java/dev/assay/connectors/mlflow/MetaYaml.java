package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Texts;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * A {@code meta.yaml} as MLflow writes them: one mapping of scalars, and mappings of scalars. Read
 * from parser events, so no tag can make an object; anchors, aliases and tags are refused.
 */
final class MetaYaml {
  private static final int DEEPEST = 4;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Map<String, String> scalars = new HashMap<>();
  private final Map<String, Map<String, String>> maps = new HashMap<>();

  private MetaYaml() {}

  /** The file's content; empty if there is no such file. */
  static Optional<MetaYaml> read(Path file) throws RecordException {
    Optional<byte[]> bytes = Folder.read(file, Limits.SMALL_FILE_BYTES);
    return bytes.isEmpty() ? Optional.empty() : Optional.of(parse(bytes.get()));
  }

  /** The content of UTF-8 bytes. */
  static MetaYaml parse(byte[] utf8) throws RecordException {
    MetaYaml meta = new MetaYaml();
    try {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(Limits.SMALL_FILE_BYTES);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      meta.document(new Yaml(options).parse(new StringReader(text)).iterator());
      return meta;
    } catch (CharacterCodingException e) {
      throw new RecordException("not UTF-8", e);
    } catch (YAMLException e) {
      throw new RecordException("not YAML: " + firstLine(String.valueOf(e.getMessage())), e);
    }
  }

  /** A scalar that is there and not null. */
  Optional<String> text(String key) {
    return Optional.ofNullable(scalars.get(key));
  }

  /** A scalar as an integer of 64 bits. */
  Optional<Long> integer(String key) throws RecordException {
    Optional<String> text = text(key);
    try {
      return text.map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw new RecordException(
          "%s is %s, expected an integer".formatted(key, Texts.shown(text.orElse(""))), e);
    }
  }

  /** A scalar as milliseconds since 1970, which MLflow uses for all times. */
  Optional<Instant> millis(String key) throws RecordException {
    return integer(key).map(Instant::ofEpochMilli);
  }

  /** A mapping of scalars; empty if there is none of this name. */
  Map<String, String> map(String key) {
    return maps.getOrDefault(key, Map.of());
  }

  private void document(Iterator<Event> events) throws RecordException {
    events.next(); // start of the stream
    expect(events.next(), Event.ID.DocumentStart, "a document");
    Event root = events.next();
    expect(root, Event.ID.MappingStart, "a mapping");
    refuseTricks(root);
    for (String key = key(events); !key.isEmpty(); key = key(events)) {
      if (scalars.containsKey(key) || maps.containsKey(key)) {
        throw new RecordException("the key %s stands there twice".formatted(Texts.shown(key)));
      }
      value(key, events);
    }
    expect(events.next(), Event.ID.DocumentEnd, "the document's end");
    expect(events.next(), Event.ID.StreamEnd, "nothing after the document");
  }

  private void value(String key, Iterator<Event> events) throws RecordException {
    Event value = events.next();
    refuseTricks(value);
    if (value instanceof ScalarEvent scalar) {
      text(scalar).ifPresent(text -> scalars.put(key, text));
    } else if (value instanceof MappingStartEvent) {
      maps.put(key, scalarMap(events));
    } else {
      skip(events);
    }
  }

  private static Map<String, String> scalarMap(Iterator<Event> events) throws RecordException {
    Map<String, String> map = new HashMap<>();
    for (String key = key(events); !key.isEmpty(); key = key(events)) {
      Event value = events.next();
      refuseTricks(value);
      if (value instanceof ScalarEvent scalar) {
        Optional<String> text = text(scalar);
        if (text.isPresent()) {
          map.put(key, text.get());
        }
      } else {
        skip(events);
      }
    }
    return map;
  }

  /** The next key of a mapping; empty at its end. */
  private static String key(Iterator<Event> events) throws RecordException {
    Event event = events.next();
    if (event.is(Event.ID.MappingEnd)) {
      return "";
    }
    refuseTricks(event);
    if (event instanceof ScalarEvent scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw new RecordException(line(event) + ": expected a plain key");
  }

  /** Passes over a collection that was just opened. */
  private static void skip(Iterator<Event> events) throws RecordException {
    int open = 1;
    while (open > 0) {
      Event event = events.next();
      refuseTricks(event);
      if (event.is(Event.ID.MappingStart) || event.is(Event.ID.SequenceStart)) {
        if (++open > DEEPEST) {
          throw new RecordException(line(event) + ": deeper than %d levels".formatted(DEEPEST));
        }
      } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
        open--;
      }
    }
  }

  private static Optional<String> text(ScalarEvent scalar) {
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    return plain && NULLS.contains(scalar.getValue())
        ? Optional.empty()
        : Optional.of(scalar.getValue());
  }

  private static void refuseTricks(Event event) throws RecordException {
    boolean anchored = event instanceof NodeEvent node && node.getAnchor() != null;
    boolean tagged =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag() != null;
          case MappingStartEvent mapping -> mapping.getTag() != null;
          default -> false;
        };
    if (event.is(Event.ID.Alias) || anchored || tagged) {
      throw new RecordException(line(event) + ": anchors, aliases and tags are not read");
    }
  }

  private static void expect(Event event, Event.ID expected, String what) throws RecordException {
    if (!event.is(expected)) {
      throw new RecordException(line(event) + ": expected " + what);
    }
  }

  private static String line(Event event) {
    return "line " + (event.getStartMark().getLine() + 1);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
