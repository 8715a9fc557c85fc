package dev.assay.cli.quarantine;

import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commitments in a case's entries. */
final class CaseCommitments {
  private static final List<String> FIELDS = List.of("text", "to", "reason");

  /** Texts that one page shows. */
  private static final int MAX = 1_000;

  private CaseCommitments() {}

  static List<Sha256> of(List<StoredEntry> history) {
    return history.stream().flatMap(entry -> of(entry).stream()).distinct().limit(MAX).toList();
  }

  /** The one of an entry, if it has one. */
  static Optional<Sha256> of(StoredEntry entry) {
    return FIELDS.stream()
        .flatMap(field -> Stream.ofNullable(entry.payload().members().get(field)))
        .filter(JsonString.class::isInstance)
        .map(value -> ((JsonString) value).value())
        .filter(value -> value.matches("[0-9a-f]{64}"))
        .map(Sha256::new)
        .findFirst();
  }
}
