package dev.assay.model.json;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;

/** JSON in the one form that equal values share: RFC 8785 (JSON Canonicalization Scheme). */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The canonical UTF-8 bytes. */
  public static byte[] encode(JsonValue value) {
    CanonicalWriter out = new CanonicalWriter(256);
    write(out, value);
    return out.toByteArray();
  }

  /** SHA-256 of the canonical bytes: how documents and findings are known. */
  public static Sha256 digest(JsonValue value) {
    return Sha256.of(encode(value));
  }

  private static void write(CanonicalWriter out, JsonValue value) {
    switch (value) {
      case JsonNull _ -> out.nullValue();
      case JsonBoolean(boolean b) -> out.value(b);
      case JsonNumber(double d) -> out.number(d);
      case JsonString(String s) -> out.value(s);
      case JsonArray(var items) -> {
        out.beginArray();
        items.forEach(item -> write(out, item));
        out.endArray();
      }
      case JsonObject(var members) -> {
        out.beginObject();
        members.forEach(
            (key, member) -> {
              out.key(key);
              write(out, member);
            });
        out.endObject();
      }
    }
  }
}
