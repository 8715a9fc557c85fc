package dev.assay.cli.quarantine;

import dev.assay.cli.base.UsageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Option;

/** How long a signed decision may be brought forward. */
final class DecisionTime {
  private static final Duration MAX = Duration.ofDays(30);

  @Option(
      names = "--expires",
      paramLabel = "DURATION",
      defaultValue = "P1D",
      description =
          "Time after which the decision no longer counts unless it was accepted before, as"
              + " ISO-8601, up to P30D (default: ${DEFAULT-VALUE}).")
  private String length = "P1D";

  Instant expires() {
    try {
      Duration found = Duration.parse(length);
      if (found.isPositive() && found.compareTo(MAX) <= 0) {
        return Instant.now().plus(found);
      }
    } catch (DateTimeException | ArithmeticException _) {
      // told below
    }
    throw new UsageException(
        "--expires %s: write a duration such as PT12H, up to P30D".formatted(length));
  }
}
