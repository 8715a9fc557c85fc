package dev.assay.connectors.record;

import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.Optional;

/** Small JSON files of a run, read whole. */
public final class JsonFiles {
  private JsonFiles() {}

  /** The file's value; empty if there is no such file, or it can't be read: then a problem. */
  public static Optional<JsonValue> read(FolderContent folder, String name, RunDraft draft) {
    try {
      Optional<byte[]> bytes = folder.read(name, Limits.FILE_BYTES / 8);
      return bytes.isEmpty() ? Optional.empty() : Optional.of(parse(bytes.get()));
    } catch (RecordException e) {
      draft.problem(name, e);
      return Optional.empty();
    }
  }

  /** As {@link #read}; anything but an object is a problem. */
  public static Optional<JsonObject> readObject(FolderContent folder, String name, RunDraft draft) {
    Optional<JsonValue> value = read(folder, name, draft);
    if (value.isPresent() && value.get() instanceof JsonObject object) {
      return Optional.of(object);
    }
    if (value.isPresent()) {
      draft.problem(name, "an object was expected");
    }
    return Optional.empty();
  }

  /** One JSON value in UTF-8. */
  public static JsonValue parse(byte[] bytes) throws RecordException {
    try {
      return PlainTree.read(bytes);
    } catch (Unfamiliar _) {
      return parsed(bytes);
    }
  }

  /** As {@link #parse}, by a parser that knows all of JSON and can say what is wrong. */
  static JsonValue parsed(byte[] bytes) throws RecordException {
    if (startsWithNul(bytes)) {
      throw nul();
    }
    try {
      return JsonReader.read(bytes);
    } catch (JsonException e) {
      if (holdsNul(bytes, bytes.length)) { // JSON never does, so it is looked for only now
        throw nul();
      }
      throw new RecordException(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /** Jackson would take these bytes for UTF-16 or UTF-32. */
  private static boolean startsWithNul(byte[] bytes) {
    return holdsNul(bytes, Math.min(4, bytes.length));
  }

  private static boolean holdsNul(byte[] bytes, int end) {
    for (int i = 0; i < end; i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static RecordException nul() {
    return new RecordException("it holds NUL bytes; expected JSON in UTF-8");
  }

  /** A member that is a string. */
  public static Optional<String> text(JsonObject object, String key) {
    return object.members().get(key) instanceof JsonString(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A member that is a number. */
  public static Optional<Double> number(JsonObject object, String key) {
    return object.members().get(key) instanceof JsonNumber(double number)
        ? Optional.of(number)
        : Optional.empty();
  }

  /** A member that is an object; an empty one if it is missing. */
  public static JsonObject object(JsonObject object, String key) {
    return object.members().get(key) instanceof JsonObject inner ? inner : JsonObject.EMPTY;
  }
}
