package dev.assay.connectors.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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

  /** Reads all records; what can't be read is a problem, and the lines after it still count. */
  public static void read(byte[] bytes, String file, RunDraft draft, Reader reader) {
    new JsonRecords(bytes, file, draft, reader).all();
  }

  private void all() {
    int from = 0;
    long linesBefore = 0;
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
        draft.problem(json.where(), "not JSON: " + e.getOriginalMessage());
      } catch (IOException e) {
        draft.problem(json.where(), "not JSON: " + e.getMessage());
      }
      return from + (int) Math.max(0, parser.currentLocation().getByteOffset() - 1);
    } catch (IOException e) {
      draft.problem(file, "not JSON: " + e.getMessage());
      return bytes.length;
    }
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
