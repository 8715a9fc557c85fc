package dev.assay.cli.quarantine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as cases show them: UTC, to the second. */
final class CaseTimes {
  private CaseTimes() {}

  static String of(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
