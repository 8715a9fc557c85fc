package dev.assay.ledger.verify;

/**
 * A stored tile that isn't there, or isn't what the entries give.
 *
 * @param root what the entries give
 */
record WrongTile(int level, long index, byte[] root) {
  /** First entry below it. */
  long firstEntry() {
    return index * width();
  }

  /** Last entry below it. */
  long lastEntry() {
    return firstEntry() + width() - 1;
  }

  private long width() {
    return 1L << (8 * (level + 1));
  }
}
