package dev.assay.cli.quarantine;

import dev.assay.cli.base.UsageException;
import java.time.DateTimeException;
import java.time.Duration;

/** Lengths of time as options have them: ISO-8601, and bounded. */
final class DurationOption {
  private DurationOption() {}

  /**
   * The length.
   *
   * @param option which it is of, for messages
   * @param most the longest
   * @throws UsageException if it is none, isn't positive, or is longer
   */
  static Duration parse(String option, String written, Duration most) {
    try {
      Duration found = Duration.parse(written);
      if (found.isPositive() && found.compareTo(most) <= 0) {
        return found;
      }
    } catch (DateTimeException | ArithmeticException _) {
      // told below
    }
    throw new UsageException(
        "%s %s: write a duration such as P7D or PT12H, up to P%dD"
            .formatted(option, written, most.toDays()));
  }
}
