package dev.assay.cli.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  Instant expires(InstantSource clock) {
    return clock.instant().plus(DurationOption.parse("--expires", length, MAX));
  }
}
