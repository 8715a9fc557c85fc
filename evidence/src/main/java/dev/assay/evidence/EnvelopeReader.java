package dev.assay.evidence;

import dev.assay.evidence.Envelope.Signature;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Reads envelopes from hostile hands. Base64 may be standard or URL-safe (protocol.md), with
 * padding and no loose bits; members that envelope.md doesn't have are refused.
 */
final class EnvelopeReader {
  private static final int MAX_TYPE = 256;
  private static final int MAX_KEY_ID = 256;

  private EnvelopeReader() {}

  static Envelope read(byte[] json) {
    if (json.length > Envelope.MAX_BYTES) {
      throw new EnvelopeException(
          "an envelope of %d bytes; at most %d are read"
              .formatted(json.length, Envelope.MAX_BYTES));
    }
    JsonValue value;
    try {
      value = JsonReader.read(json);
    } catch (JsonException e) {
      throw new EnvelopeException("the envelope is %s".formatted(e.getMessage()), e);
    }
    JsonObject object =
        object(value, "the envelope", Set.of("payload", "payloadType", "signatures"));
    String type = text(object, "payloadType", MAX_TYPE);
    if (type.isEmpty()) {
      throw new EnvelopeException("payloadType: expected a media type or URI");
    }
    byte[] payload = base64(text(object, "payload", Envelope.MAX_BYTES), "payload");
    if (!(object.members().get("signatures") instanceof JsonArray(var items))
        || items.isEmpty()
        || items.size() > Envelope.MAX_SIGNATURES) {
      throw new EnvelopeException(
          "signatures: expected a list of 1 to %d".formatted(Envelope.MAX_SIGNATURES));
    }
    List<Signature> signatures = items.stream().map(EnvelopeReader::signature).toList();
    return new Envelope(type, payload, signatures);
  }

  private static Signature signature(JsonValue value) {
    JsonObject object = object(value, "a signature", Set.of("keyid", "sig"));
    String keyId = object.members().containsKey("keyid") ? text(object, "keyid", MAX_KEY_ID) : "";
    byte[] signature = base64(text(object, "sig", Envelope.MAX_BYTES), "sig");
    return new Signature(keyId, EnvelopeWriter.base64(signature));
  }

  private static JsonObject object(JsonValue value, String where, Set<String> known) {
    if (!(value instanceof JsonObject object)) {
      throw new EnvelopeException(where + ": expected a JSON object");
    }
    for (String key : object.members().keySet()) {
      if (!known.contains(key)) {
        throw new EnvelopeException(
            "%s has a member of %d characters that DSSE doesn't know; expected %s"
                .formatted(where, key.length(), known.stream().sorted().toList()));
      }
    }
    return object;
  }

  private static String text(JsonObject object, String key, int max) {
    if (!(object.members().get(key) instanceof JsonString(String text))
        || text.length() > max
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new EnvelopeException(
          "%s: expected a text of at most %d characters".formatted(key, max));
    }
    return text;
  }

  static byte[] base64(String text, String where) {
    boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    try {
      byte[] bytes = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
      Base64.Encoder encoder = urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder();
      if (encoder.encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new EnvelopeException("%s: not base64 (%s)".formatted(where, e.getMessage()), e);
    }
    throw new EnvelopeException(
        "%s: base64 with loose bits or without padding; expected the canonical form"
            .formatted(where));
  }
}
