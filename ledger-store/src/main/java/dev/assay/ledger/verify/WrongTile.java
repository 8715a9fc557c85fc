package dev.assay.ledger.verify;

/**
 * A stored tile that isn't there, or isn't what the entries give.
 *
 * @param root what the entries give
 */
record WrongTile(int level, long index, byte[] root) {
  /** Levels from here on would need more entries than can be counted. */
  static final int LEVELS = 7;

  /** Whether there can be entries below it at all. */
  boolean canBeFilled() {
    return level >= 0 && level < LEVELS && index >= 0 && index < Long.MAX_VALUE / width();
  }

  /** First entry below it; −1 if there can be none. */
  long firstEntry() {
    return canBeFilled() ? index * width() : -1;
  }

  /** Last entry below it; −1 if there can be none. */
  long lastEntry() {
    return canBeFilled() ? firstEntry() + width() - 1 : -1;
  }

  private long width() {
    return 1L << (8 * (level + 1));
  }
}
