package dev.assay.worker.bundle;

import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.Optional;

/** Digests that an entry's payload names. */
final class PayloadDigests {
  private PayloadDigests() {}

  /** Empty if the member isn't there, or is no digest. */
  static Optional<Sha256> of(PlainEntry entry, String member) {
    return entry.payload().members().get(member) instanceof JsonString(String hex)
            && hex.matches("[0-9a-f]{64}")
        ? Optional.of(new Sha256(hex))
        : Optional.empty();
  }
}
