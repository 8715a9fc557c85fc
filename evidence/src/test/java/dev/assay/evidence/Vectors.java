package dev.assay.evidence;

import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The vectors under {@code src/test/resources/tlog}; their origin is in the README there. */
final class Vectors {
  private Vectors() {}

  static JsonObject read(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/tlog/" + name)) {
      return (JsonObject) JsonReader.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(JsonValue object, String key) {
    return ((JsonString) ((JsonObject) object).members().get(key)).value();
  }

  static List<JsonValue> list(JsonObject object, String key) {
    return ((JsonArray) object.members().get(key)).items();
  }
}
