package dev.assay.connectors.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import java.io.IOException;

/**
 * JSON objects one after the other, a line each. One parser reads them all, because making one
 * costs more than a line; after broken syntax the next line starts afresh.
 */
public final class JsonRecords {
  private final byte[] bytes;
  private final String file;
  private final RunDraft draft;
  private final Reader reader;

  private JsonRecords(byte[] bytes, String file, RunDraft draft, Reader reader) {
    this.bytes = bytes;
    this.file = file;
    this.draft = draft;
    this.reader = reader;
  }

  /** Reads one record: the cursor has just entered it, and is to be left at its end. */
  public interface Reader {
    void read(JsonCursor json) throws IOException;
  }

  /** Reads one record in its writer's own layout, up to the line's end; else has no effect. */
  public interface Familiar {
    void read(PlainJson json) throws Unfamiliar;
  }

  /**
   * As {@link #read(byte[], String, RunDraft, Reader)}; the records before the first unfamiliar one
   * are read by {@code familiar}, to the same effect.
   */
  public static void read(
      byte[] bytes, String file, RunDraft draft, Familiar familiar, Reader reader) {
    PlainJson plain = new PlainJson(bytes, 0, bytes.length);
    int from = 0;
    long lines = 0;
    try {
      while (from < bytes.length) {
        familiar.read(plain);
        from = plain.at();
        lines++;
      }
    } catch (Unfamiliar _) {
      new JsonRecords(bytes, file, draft, reader).all(from, lines);
    }
  }

  /** Reads all records; what can't be read is a problem, and the lines after it still count. */
  public static void read(byte[] bytes, String file, RunDraft draft, Reader reader) {
    new JsonRecords(bytes, file, draft, reader).all(0, 0);
  }

  private void all(int start, long startLines) {
    int from = start;
    long linesBefore = startLines;
    while (from < bytes.length) {
      int failed = until(from, linesBefore);
      int next = Math.max(from, failed);
      while (next < bytes.length && bytes[next] != '\n') {
        next++;
      }
      next = Math.min(next + 1, bytes.length);
      for (int i = from; i < next; i++) {
        linesBefore += bytes[i] == '\n' ? 1 : 0;
      }
      from = next;
    }
  }

  /** Reads from an index on; gives the index at which it failed, or the end. */
  private int until(int from, long linesBefore) {
    if (startsWithNul(from)) {
      draft.problem(file + ":" + (linesBefore + 1), "NUL bytes; expected JSON in UTF-8");
      return from;
    }
    try (JsonParser parser = JsonCursor.FACTORY.createParser(bytes, from, bytes.length - from)) {
      JsonCursor json = new JsonCursor(parser, draft, file, linesBefore);
      try {
        records(json);
        return bytes.length;
      } catch (JsonProcessingException e) {
        draft.problem(json.where(), "not JSON: " + withoutPlace(e.getOriginalMessage()));
      } catch (IOException e) {
        draft.problem(json.where(), "not JSON: " + e.getMessage());
      }
      return from + (int) Math.max(0, parser.currentLocation().getByteOffset() - 1);
    } catch (IOException e) {
      draft.problem(file, "not JSON: " + e.getMessage());
      return bytes.length;
    }
  }

  /** Jackson counts lines from where its parser began; the problem has the file's own line. */
  private static String withoutPlace(String message) {
    int place = message.indexOf(" (start marker at");
    return place < 0 ? message : message.substring(0, place);
  }

  private void records(JsonCursor json) throws IOException {
    for (JsonToken token = json.parser().nextToken();
        token != null;
        token = json.parser().nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        reader.read(json);
      } else {
        json.problem("a record was expected, an object");
        json.parser().skipChildren();
      }
    }
  }

  /** Jackson would take these bytes for UTF-16 or UTF-32. */
  private boolean startsWithNul(int from) {
    for (int i = from; i < Math.min(from + 4, bytes.length); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
