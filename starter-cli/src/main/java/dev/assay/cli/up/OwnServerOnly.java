package dev.assay.cli.up;

import dev.assay.cli.base.Settings;
import dev.assay.cli.base.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code up} and {@code down} are about a server of their own: nobody may name another. */
final class OwnServerOnly {
  private static final String ADDRESS = "TEMPORAL_ADDRESS";

  private OwnServerOnly() {}

  /**
   * Refuses flags that say how to reach a Temporal service.
   *
   * @throws UsageException naming them
   */
  static void require(Settings settings, String command) {
    List<String> given = settings.engine().flags().names();
    if (!given.isEmpty()) {
      throw new UsageException(
          "%s: '%s' is for a Temporal server of its own, in the home; leave it out. To work for another service: 'assay worker --address HOST:PORT'"
              .formatted(String.join(", ", given), command));
    }
  }

  /** What to tell a user whose environment names another server. */
  static Optional<String> otherAddress(Map<String, String> environment) {
    return Optional.of(environment.getOrDefault(ADDRESS, ""))
        .filter(address -> !address.isBlank())
        .map(
            address ->
                "%s (%s) isn't used here: 'up' runs a server of its own. Other commands go to that address, unless with --engine local"
                    .formatted(ADDRESS, address));
  }
}
