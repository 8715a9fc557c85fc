package dev.assay.activities.trust;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ledger in memory, whose entries an administrator may edit. */
final class MemoryLedger implements Ledger, LedgerReader {
  static final String ORIGIN = "assay/main/6f1c2b60-0000-4000-8000-000000000001";
  private static final Sha256 NO_HASH = new Sha256("0".repeat(64));

  final List<StoredEntry> entries = new ArrayList<>();

  @Override
  public String name() {
    return "main";
  }

  @Override
  public String origin() {
    return ORIGIN;
  }

  @Override
  public LedgerHead head() {
    return new LedgerHead(ORIGIN, entries.size(), NO_HASH, NO_HASH, Instant.EPOCH);
  }

  @Override
  public Receipt append(NewEntry entry) {
    Optional<StoredEntry> known = entryByKey(entry.key());
    if (known.isPresent() && !known.get().payload().equals(entry.payload())) {
      throw new IdempotencyConflictException(entry.key(), known.get().index(), NO_HASH, NO_HASH);
    }
    if (known.isEmpty()) {
      entries.add(stored(entries.size(), entry, entry.payload()));
    }
    return new Receipt(
        known.map(StoredEntry::index).orElse(entries.size() - 1L), NO_HASH, 1, Instant.EPOCH);
  }

  /** What an administrator can do. */
  void edit(String key, JsonObject payload) {
    StoredEntry old = entryByKey(key).orElseThrow();
    entries.set(
        (int) old.index(),
        new StoredEntry(
            old.index(),
            old.key(),
            old.kind(),
            old.actor(),
            old.subject(),
            old.outcome(),
            old.occurred(),
            old.recorded(),
            old.correlation(),
            payload,
            NO_HASH,
            NO_HASH));
  }

  private static StoredEntry stored(long index, NewEntry entry, JsonObject payload) {
    return new StoredEntry(
        index,
        entry.key(),
        entry.kind(),
        entry.actor(),
        entry.subject(),
        entry.outcome(),
        entry.occurred(),
        Instant.EPOCH,
        entry.correlation(),
        payload,
        NO_HASH,
        NO_HASH);
  }

  @Override
  public List<Receipt> appendAll(List<NewEntry> all) {
    return all.stream().map(this::append).toList();
  }

  @Override
  public List<AppendOutcome> appendEach(List<NewEntry> all) {
    throw new UnsupportedOperationException("nothing of trust appends so");
  }

  @Override
  public Optional<StoredEntry> entry(long index) {
    return index < entries.size() ? Optional.of(entries.get((int) index)) : Optional.empty();
  }

  @Override
  public Optional<StoredEntry> entryByKey(String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  @Override
  public List<StoredEntry> entriesByKeys(List<String> keys) {
    return entries.stream().filter(entry -> keys.contains(entry.key())).toList();
  }

  @Override
  public List<StoredEntry> log(LogFilter filter) {
    return List.copyOf(entries);
  }

  @Override
  public void close() {}
}
