package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;

/**
 * How an execution ended.
 *
 * @param outcomeRoot Merkle root over plan and findings
 * @param firstIndex index of its first ledger entry
 * @param lastIndex index of its last; entries of others may lie between
 * @param summary what lists show, as counts by verdict
 */
public record Seal(Sha256 outcomeRoot, long firstIndex, long lastIndex, JsonObject summary) {
  public Seal {
    if (firstIndex < 0 || lastIndex < firstIndex) {
      throw new IllegalArgumentException(
          "0 <= firstIndex <= lastIndex, got %d and %d".formatted(firstIndex, lastIndex));
    }
  }
}
