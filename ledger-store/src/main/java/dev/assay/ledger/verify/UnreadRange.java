package dev.assay.ledger.verify;

/**
 * Entries that could not be read.
 *
 * @param from first entry
 * @param to last entry
 * @param why what the database said
 */
public record UnreadRange(long from, long to, String why) {
  /** For people. */
  public String sentence() {
    return from == to
        ? "entry %d: %s".formatted(from, why)
        : "entries %d to %d: %s".formatted(from, to, why);
  }
}
