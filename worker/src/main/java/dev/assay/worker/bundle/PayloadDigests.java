package dev.assay.worker.bundle;

import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;

/** Digests that an entry's payload names. */
final class PayloadDigests {
  private PayloadDigests() {}

  /** Empty if the member isn't there, or is no digest. */
  static Optional<Sha256> of(PlainEntry entry, String member) {
    return Optional.ofNullable(entry.payload().members().get(member))
        .flatMap(PayloadDigests::digest);
  }

  /** The digests of a list; none of what is no list of digests. */
  static List<Sha256> all(JsonObject payload, String member) {
    return payload.members().get(member) instanceof JsonArray(List<JsonValue> items)
        ? items.stream().flatMap(item -> digest(item).stream()).toList()
        : List.of();
  }

  private static Optional<Sha256> digest(JsonValue value) {
    return value instanceof JsonString(String hex) && hex.matches("[0-9a-f]{64}")
        ? Optional.of(new Sha256(hex))
        : Optional.empty();
  }
}
