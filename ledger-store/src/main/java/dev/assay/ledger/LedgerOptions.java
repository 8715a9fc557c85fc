package dev.assay.ledger;

import java.time.Duration;

/**
 * Bounds of an open ledger.
 *
 * @param queueEntries most entries that wait for a commit; at least 1,000
 * @param queueDeadline longest wait for a place in the queue
 * @param commitDeadline longest wait for a commit, once queued
 * @param linger longest wait for more callers before a commit that others shared before; the design
 *     says at most 0.2 ms
 * @param projection whether to maintain the projection for lookups; off only for measurements and
 *     tests
 */
public record LedgerOptions(
    int queueEntries,
    Duration queueDeadline,
    Duration commitDeadline,
    Duration linger,
    boolean projection) {
  /** 16,384 entries, 10 s, 2 min, 0.2 ms, with projection. */
  public static final LedgerOptions DEFAULT =
      new LedgerOptions(
          16_384, Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofNanos(200_000), true);

  public LedgerOptions {
    if (queueEntries < 1_000) {
      throw new IllegalArgumentException(
          "queueEntries %d is below 1,000, the largest commit".formatted(queueEntries));
    }
  }
}
