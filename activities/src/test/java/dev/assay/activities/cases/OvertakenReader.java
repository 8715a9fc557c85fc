package dev.assay.activities.cases;

import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import java.util.List;
import java.util.Optional;

/**
 * Something else happens each time that entries were read by their keys.
 *
 * @param real reads
 * @param meanwhile what happens
 */
record OvertakenReader(LedgerReader real, Runnable meanwhile) implements LedgerReader {
  @Override
  public String name() {
    return real.name();
  }

  @Override
  public LedgerHead head() {
    return real.head();
  }

  @Override
  public Optional<StoredEntry> entry(long index) {
    return real.entry(index);
  }

  @Override
  public Optional<StoredEntry> entryByKey(String key) {
    return real.entryByKey(key);
  }

  @Override
  public List<StoredEntry> entriesByKeys(List<String> keys) {
    List<StoredEntry> found = real.entriesByKeys(keys);
    meanwhile.run();
    return found;
  }

  @Override
  public List<StoredEntry> log(LogFilter filter) {
    return real.log(filter);
  }
}
