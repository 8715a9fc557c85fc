package dev.assay.cli.trust;

import dev.assay.activities.trust.TrustLog;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.PublicKeys;
import dev.assay.evidence.SigningKey;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What the commands that sign changes have in common. */
final class ChangeText {
  private ChangeText() {}

  /**
   * Refuses a key whose signature would not count.
   *
   * @throws UsageException if it is nobody's with a role of the quorum
   */
  static SigningKey requireCounts(Current state, SigningKey key) {
    if (!TrustLog.mayChange(state, PublicKeys.of(key))) {
      throw new UsageException(
          "--key: %s is not, or no more, the key of a person with a role of quorum.trust (%s); its signature would not count"
              .formatted(
                  PublicKeys.of(key), String.join(", ", state.trust().changeQuorum().keySet())));
    }
    return key;
  }

  static JsonObject json(SortedMap<String, Integer> missing) {
    JsonObject json = JsonObject.EMPTY;
    for (var role : missing.entrySet()) {
      json = json.with(role.getKey(), (long) role.getValue());
    }
    return json;
  }

  static String text(SortedMap<String, Integer> missing) {
    return missing.isEmpty()
        ? "people enough signed"
        : missing.entrySet().stream()
            .map(role -> "%d more of %s".formatted(role.getValue(), role.getKey()))
            .collect(Collectors.joining(", ", "needs ", ""));
  }
}
