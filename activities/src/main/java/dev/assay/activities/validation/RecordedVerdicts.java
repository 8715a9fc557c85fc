package dev.assay.activities.validation;

import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code run.verdict} entries of one validation, by the ordinal in their keys. */
final class RecordedVerdicts {
  /**
   * What an entry says.
   *
   * @param index of the entry
   * @param actor name of the key that signed the shard
   */
  record Recorded(
      long index, String outcome, String actor, Sha256 runDigest, Sha256 findingsDigest) {}

  private final String prefix;
  private final Map<Integer, Recorded> byOrdinal = new HashMap<>();

  RecordedVerdicts(String workflowId) {
    this.prefix = workflowId + "/verdict/";
  }

  /** An entry of another form counts for nothing: its run then has no verdict. */
  void add(StoredEntry entry) {
    String ordinal = entry.key().startsWith(prefix) ? entry.key().substring(prefix.length()) : "";
    Optional<Sha256> run = digest(entry, "runDigest");
    Optional<Sha256> findings = digest(entry, "findingsDigest");
    if (ordinal.matches("0|[1-9][0-9]{0,8}") && run.isPresent() && findings.isPresent()) {
      byOrdinal.put(
          Integer.parseInt(ordinal),
          new Recorded(entry.index(), entry.outcome(), entry.actor(), run.get(), findings.get()));
    }
  }

  Optional<Recorded> at(int ordinal) {
    return Optional.ofNullable(byOrdinal.get(ordinal));
  }

  private static Optional<Sha256> digest(StoredEntry entry, String member) {
    return entry.payload().members().get(member) instanceof JsonString(String hex)
            && hex.matches("[0-9a-f]{64}")
        ? Optional.of(new Sha256(hex))
        : Optional.empty();
  }
}
