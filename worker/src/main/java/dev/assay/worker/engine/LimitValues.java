package dev.assay.worker.engine;

/**
 * What a server refuses to exceed.
 *
 * @param payloadBytes one value: {@code limit.blobSize.error}
 * @param payloadWarnBytes one value that is worth a line in the log: {@code limit.blobSize.warn}
 * @param historyEvents one run: {@code limit.historyCount.error}
 * @param historyBytes one run: {@code limit.historySize.error}
 * @param updatesInFlight one run at once: {@code history.maxInFlightUpdates}
 * @param updatesTotal one run: {@code history.maxTotalUpdates}
 */
record LimitValues(
    int payloadBytes,
    int payloadWarnBytes,
    long historyEvents,
    long historyBytes,
    int updatesInFlight,
    int updatesTotal) {
  /** The defaults of Temporal Server 1.29, named as in its dynamic configuration. */
  static final LimitValues SERVER =
      new LimitValues(2 << 20, 256 << 10, 51_200, 50L << 20, 10, 2_000);
}
