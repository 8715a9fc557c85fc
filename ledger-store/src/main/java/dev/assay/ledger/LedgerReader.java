package dev.assay.ledger;

import java.util.List;
import java.util.Optional;

/** Reads a ledger; needs no right to write. Safe for use by several threads. */
public interface LedgerReader {
  /** The ledger's name. */
  String name();

  /**
   * The end of what is committed now.
   *
   * @throws LedgerNotFoundException if there is no such ledger
   */
  LedgerHead head();

  /** The entry at an index, if the ledger is that long. */
  Optional<StoredEntry> entry(long index);

  /** The entry under a key. */
  Optional<StoredEntry> entryByKey(String key);

  /** Most keys of one question. */
  int MAX_KEYS = 1_000;

  /**
   * The entries under these keys, in the ledger's order; what isn't there is left out.
   *
   * @param keys at most {@link #MAX_KEYS}
   */
  List<StoredEntry> entriesByKeys(List<String> keys);

  /**
   * One page of the entries that match, by ascending index, of all that is committed now: what the
   * projection doesn't cover yet is read from the entries themselves.
   */
  List<StoredEntry> log(LogFilter filter);
}
