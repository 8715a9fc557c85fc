package dev.assay.connectors.assayjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.record.EightBytes;
import dev.assay.connectors.record.PlainJson;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds a run's identity, reading no more than it must: writers put it before the metrics. The
 * first members are read as {@link PlainJson}. Where that ends, bytes that can't spell a key of the
 * identity can't change it, whether they are JSON or not; if they might, a parser reads it all.
 */
final class IdentityReader {
  private static final byte[] ID = PlainJson.ascii("\"id\"");
  private static final byte[] EXPERIMENT = PlainJson.ascii("\"experiment\"");
  private static final byte[] SOURCE = PlainJson.ascii("\"source\"");

  private String id;
  private String experiment = "";
  private String system = JsonPlace.SYSTEM;

  /** How many of the three members may still come. */
  private int open = 3;

  private IdentityReader(String fallbackId) {
    id = fallbackId;
  }

  /** What the bytes say up to where they break, if they do: that is told when the run is read. */
  static RunIdentity read(JsonPlace place) {
    IdentityReader plain = new IdentityReader(place.fallbackId());
    if (plain.readsPlain(place.bytes(), place.from(), place.from() + place.length())) {
      return plain.identity();
    }
    IdentityReader parsed = new IdentityReader(place.fallbackId());
    parsed.parse(place);
    return parsed.identity();
  }

  private RunIdentity identity() {
    return Texts.identity(system, experiment, id);
  }

  /** Whether the identity is known for sure. */
  private boolean readsPlain(byte[] bytes, int start, int end) {
    PlainJson json = new PlainJson(bytes, start, end);
    int from = start;
    try {
      json.mark('{');
      do {
        from = json.at();
        if (!member(json)) {
          return namesNone(bytes, from, end);
        }
      } while (open > 0 && json.skipsMark(','));
      if (open > 0) {
        json.mark('}');
      }
      return true;
    } catch (Unfamiliar _) {
      return namesNone(bytes, from, end);
    }
  }

  /** Reads a member whole, or has no effect; false for one of several values. */
  private boolean member(PlainJson json) throws Unfamiliar {
    if (json.skips(ID)) {
      String text = value(json);
      id = text.isEmpty() ? id : text;
      open--;
    } else if (json.skips(EXPERIMENT)) {
      experiment = value(json);
      open--;
    } else if (json.skips(SOURCE)) {
      source(value(json));
    } else {
      json.literal('"');
      json.text();
      json.mark(':');
      if (json.skips('{') || json.skips('[')) {
        return false; // usually the first of what is no identity: to throw would take longer
      }
      if (json.skips('"')) {
        json.text();
      } else {
        json.number();
      }
    }
    return true;
  }

  private static String value(PlainJson json) throws Unfamiliar {
    json.mark(':');
    json.literal('"');
    return json.text();
  }

  private void source(String text) {
    system = JsonPlace.source(text).map(Source::system).orElse(system);
    open--;
  }

  /**
   * Whether none of the three keys stands in the bytes, as it is or escaped. Each has an r or a d,
   * which are seldom in points; a parser takes bytes beyond ASCII for overlong forms of any letter.
   */
  private static boolean namesNone(byte[] bytes, int start, int end) {
    int from = start;
    while (from < end) {
      int until = EightBytes.skipOthers(bytes, '\\', 'r', 'd', from, end);
      from = Math.min(until + Long.BYTES, end);
      for (int i = until; i < from; i++) {
        byte b = bytes[i];
        if (b < 0
            || b == '\\'
            || (b == 'd' && stands(ID, bytes, i - 2, start, end))
            || (b == 'r' && stands(SOURCE, bytes, i - 4, start, end))
            || (b == 'r' && stands(EXPERIMENT, bytes, i - 5, start, end))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean stands(byte[] key, byte[] bytes, int at, int start, int end) {
    return at >= start
        && at + key.length <= end
        && Arrays.equals(key, 0, key.length, bytes, at, at + key.length);
  }

  private void parse(JsonPlace place) {
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
            case "source" -> source(text);
            default -> parser.skipChildren();
          }
        }
      }
    } catch (IOException | RecordException e) {
      // What is broken is told when the run is read; so far it has this much of an identity.
      return;
    }
  }
}
