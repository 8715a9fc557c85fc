package dev.assay.ledger;

import java.time.Duration;
import java.util.List;

/** Tells entries as they are appended, each once and in order. For one thread. */
public interface LedgerFollower extends AutoCloseable {
  /**
   * The next entries that match, oldest first; waits for them without asking the database again and
   * again. After an exception it may be called again and goes on where it was.
   *
   * @param patience longest wait for the first of them
   * @return at most a page of the filter; empty if none came
   * @throws LedgerUnavailableException if the database fails
   * @throws LedgerDamagedException if the ledger has become shorter
   */
  List<StoredEntry> next(Duration patience);

  @Override
  void close();
}
