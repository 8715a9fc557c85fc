package dev.assay.connectors.mlflow.rest;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param attempts of one call, at least 1, if the server can't be reached, is overloaded or broken
 * @param firstPause before the second attempt; each later pause is twice as long
 * @param longestPause the most that the server may ask for by {@code Retry-After}
 * @param call longest time of one attempt, its reply's last byte included
 */
record Patience(int attempts, Duration firstPause, Duration longestPause, Duration call) {
  /** Of commands: with the pauses alone a server may be away for 8 s. MLflow's client: 120 s. */
  static final Patience USUAL =
      new Patience(6, Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(120));

  /** The pause after {@code attempt}, counted from 1, if the server named none. */
  Duration pause(int attempt) {
    return shorter(firstPause.multipliedBy(1L << Math.min(attempt - 1, 20)));
  }

  /** The pause that the server named, within the bound. */
  Duration shorter(Duration asked) {
    return asked.compareTo(longestPause) > 0 ? longestPause : asked;
  }
}
