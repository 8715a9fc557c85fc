package dev.assay.cli.ledger;

import dev.assay.cli.base.UsageException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as people write them: RFC 3339, or how long ago as an ISO-8601 duration. */
final class Times {
  private final Clock clock;

  Times(Clock clock) {
    this.clock = clock;
  }

  /**
   * A time.
   *
   * @throws UsageException if it is neither
   */
  Instant parse(String option, String written) {
    try {
      return written.startsWith("P")
          ? clock.instant().minus(Duration.parse(written))
          : OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeException | ArithmeticException _) {
      throw new UsageException(
          "%s: '%s' is no time; write for example 2026-01-31T12:00:00Z, or PT1H for an hour ago"
              .formatted(option, written));
    }
  }
}
