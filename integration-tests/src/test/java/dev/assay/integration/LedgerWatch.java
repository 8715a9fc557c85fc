package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.VerifyStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows a ledger that grows: no index is missing, no key comes twice, every receipt holds. */
final class LedgerWatch {
  private final Home home;
  private final Map<String, StoredEntry> byKey = new HashMap<>();
  private long next;

  LedgerWatch(Home home) {
    this.home = home;
  }

  /** Reads what was appended since the last look, then verifies the whole ledger. */
  synchronized void look(Map<String, Receipt> receipts) {
    LedgerReader reader = home.ledger();
    List<StoredEntry> page;
    do {
      page = reader.log(LogFilter.ALL.withAfterIndex(next - 1).withLimit(LogFilter.MAX_LIMIT));
      for (StoredEntry entry : page) {
        assertThat(entry.index()).as("the index after %d", next - 1).isEqualTo(next);
        assertThat(byKey.put(entry.key(), entry)).as("key %s before", entry.key()).isNull();
        next++;
      }
    } while (page.size() == LogFilter.MAX_LIMIT);
    receipts.forEach(this::holds);
    assertThat(home.verify().status()).isEqualTo(VerifyStatus.INTACT);
  }

  private void holds(String key, Receipt receipt) {
    StoredEntry entry = byKey.get(key);
    assertThat(entry).as("the entry that %s was given for, key %s", receipt, key).isNotNull();
    assertThat(entry.index()).isEqualTo(receipt.index());
    assertThat(entry.leafHash()).isEqualTo(receipt.leafHash());
  }

  /** Keys that begin so, in the ledger's order. */
  synchronized List<String> keys(String beginning) {
    return byKey.values().stream()
        .filter(entry -> entry.key().startsWith(beginning))
        .sorted((a, b) -> Long.compare(a.index(), b.index()))
        .map(StoredEntry::key)
        .toList();
  }

  synchronized long size() {
    return next;
  }
}
