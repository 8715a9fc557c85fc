package dev.assay.ledger;

import java.util.List;

/**
 * A ledger open for appending. Safe for use by many threads: what they append at the same time is
 * committed together. Several processes may append to one ledger.
 */
public interface Ledger extends AutoCloseable {
  /** The ledger's name in its database. */
  String name();

  /** {@code assay/<name>/<uuid>}, fixed when the ledger was created. */
  String origin();

  /**
   * Appends once per key and returns when the entry is durable. The same key and content again: the
   * first receipt.
   *
   * @throws IdempotencyConflictException if the key is on record with other content
   * @throws EntryTooLargeException if the encoding is longer than 65,535 bytes
   * @throws LedgerBusyException if the queue stays full for the deadline of {@link LedgerOptions}
   * @throws LedgerUnavailableException if the database fails; retry with the same key
   */
  Receipt append(NewEntry entry);

  /**
   * Appends any number of entries in their order, over as many commits as they need, and returns
   * when all are durable: receipts in the order of {@code entries}. Entries of other callers may
   * stand between them. If it throws, some may be on record: the whole call may be repeated. One
   * conflict doesn't keep the others out.
   *
   * @throws IdempotencyConflictException for the first conflict, after all others are on record
   */
  List<Receipt> appendAll(List<NewEntry> entries);

  /**
   * As {@link #appendAll}, but tells of each entry what became of it, in their order, instead of
   * throwing for a conflict.
   */
  List<AppendOutcome> appendEach(List<NewEntry> entries);

  /** The end of what is committed now, read from the database. */
  LedgerHead head();

  /** Commits what is queued, then stops; later appends throw. */
  @Override
  void close();
}
