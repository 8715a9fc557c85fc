package dev.assay.evidence;

import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Base64;

/** Writes envelopes, with standard base64. */
final class EnvelopeWriter {
  private EnvelopeWriter() {}

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static JsonObject json(Envelope envelope) {
    return JsonObject.EMPTY
        .with("payload", base64(envelope.payload()))
        .with("payloadType", envelope.payloadType())
        .with(
            "signatures",
            new JsonArray(envelope.signatures().stream().map(EnvelopeWriter::signature).toList()));
  }

  private static JsonValue signature(Envelope.Signature signature) {
    JsonObject json = JsonObject.EMPTY.with("sig", signature.base64());
    return signature.keyId().isEmpty() ? json : json.with("keyid", signature.keyId());
  }
}
