package dev.assay.ledger.verify;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One ledger of each size that was asked for. */
final class TamperedLedgers implements AutoCloseable {
  private final Path keys;
  private final Map<Integer, TamperedLedger> bySize = new HashMap<>();

  TamperedLedgers(Path keys) {
    this.keys = keys;
  }

  TamperedLedger of(int size) {
    return bySize.computeIfAbsent(size, wanted -> new TamperedLedger(wanted, keys));
  }

  @Override
  public void close() {
    bySize.values().forEach(TamperedLedger::close);
  }
}
