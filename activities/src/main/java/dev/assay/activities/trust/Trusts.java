package dev.assay.activities.trust;

import dev.assay.activities.trust.TrustState.Broken;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.activities.trust.TrustState.Unpinned;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.registry.Documents;
import java.util.Optional;

/**
 * Reads whose signature counts in a ledger: from the entries {@code trust/0}, {@code trust/1}, … in
 * their order, each checked against the state before it. Nothing is remembered from one question to
 * the next. Safe for use by several threads.
 */
public final class Trusts {
  /** What the entries' keys begin with. */
  static final String KEYS = "trust/";

  /** Most entries of trust that are read. */
  private static final long MAX_ENTRIES = 10_000;

  private final LedgerReader reader;
  private final Documents documents;
  private final TrustPin pin;

  public Trusts(LedgerReader reader, Documents documents, TrustPin pin) {
    this.reader = reader;
    this.documents = documents;
    this.pin = pin;
  }

  /** The state after all that is on record now. */
  public TrustState current() {
    return at(Long.MAX_VALUE);
  }

  /**
   * As {@link #current}.
   *
   * @throws TrustUnpinnedException if no document is pinned
   * @throws TrustBrokenException if what is on record doesn't hold
   */
  public Current require() {
    return switch (current()) {
      case Current state -> state;
      case Unpinned(String why) -> throw new TrustUnpinnedException(why);
      case Broken(String key, String why) ->
          throw new TrustBrokenException(
              "who is trusted in ledger %s can't be told: entry %s: %s"
                  .formatted(reader.name(), key, why));
    };
  }

  /** The state before the entry at {@code index}: what an entry there had to be judged by. */
  public TrustState at(long index) {
    String origin = reader.head().origin();
    Optional<Sha256> pinned = pin.first(origin);
    Optional<StoredEntry> first = entry(0, index);
    if (pinned.isEmpty()) {
      return new Unpinned(
          "this home trusts no Trust document for ledger %s; 'assay trust pin FILE' pins the first"
              .formatted(origin));
    }
    if (first.isEmpty()) {
      return index == Long.MAX_VALUE
          ? new Broken(
              KEYS + 0,
              "this home pinned %s, and the ledger has no such entry; run 'assay ledger verify'"
                  .formatted(pinned.get()))
          : new Unpinned("no Trust document was pinned before entry %d".formatted(index));
    }
    TrustChain chain = new TrustChain(documents);
    long number = 0;
    try {
      Current state = chain.first(origin, pinned.get(), first.get().kind(), first.get().payload());
      for (number = 1; number < MAX_ENTRIES; number++) {
        Optional<StoredEntry> next = entry(number, index);
        if (next.isEmpty()) {
          return state;
        }
        state = chain.next(state, next.get().kind(), next.get().payload());
      }
      return new Broken(KEYS + number, "more than %d entries of trust".formatted(MAX_ENTRIES));
    } catch (TrustRefusedException e) {
      return new Broken(KEYS + number, String.valueOf(e.getMessage()));
    }
  }

  /** Whether a first document is on record, whoever pinned it. */
  public Optional<StoredEntry> first() {
    return reader.entryByKey(KEYS + 0);
  }

  /**
   * The entry that names a document, whoever signed it: what it is worth, the state tells.
   *
   * @return empty if none of the ledger's entries of trust does
   */
  public Optional<StoredEntry> naming(Sha256 document) {
    JsonValue digest = new JsonString(document.hex());
    for (long number = 0; number < MAX_ENTRIES; number++) {
      Optional<StoredEntry> entry = entry(number, Long.MAX_VALUE);
      if (entry.isEmpty() || digest.equals(named(entry.get()))) {
        return entry;
      }
    }
    return Optional.empty();
  }

  private static JsonValue named(StoredEntry entry) {
    return entry.payload().members().getOrDefault(TrustChain.TRUST_DIGEST, JsonNull.NULL);
  }

  private Optional<StoredEntry> entry(long number, long before) {
    return reader.entryByKey(KEYS + number).filter(entry -> entry.index() < before);
  }
}
