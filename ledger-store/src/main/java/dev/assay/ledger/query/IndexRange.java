package dev.assay.ledger.query;

/** Indexes from {@code from} up to, and without, {@code to}. */
record IndexRange(long from, long to) {
  boolean isEmpty() {
    return from >= to;
  }

  /** What of it is below an index. */
  IndexRange below(long index) {
    return new IndexRange(from, Math.min(to, index));
  }

  /** What of it isn't below an index. */
  IndexRange notBelow(long index) {
    return new IndexRange(Math.max(from, index), to);
  }

  /** A condition with two parameters. */
  String on(String table) {
    return " AND %s.index >= ? AND %s.index < ?".formatted(table, table);
  }
}
