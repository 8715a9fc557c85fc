package dev.assay.registry;

/** Checks of sizes that callers choose. */
final class Bounds {
  private Bounds() {}

  static void atMost(String what, long found, long most) {
    if (found < 0 || found > most) {
      throw new IllegalArgumentException(
          "%s: at most %d at once, got %d; read or write in pages".formatted(what, most, found));
    }
  }

  static void range(long from, long to, long most) {
    if (from < 0 || to < from || to - from > most) {
      throw new IllegalArgumentException(
          "a range is 0 <= from <= to with at most %d rows, got [%d, %d)"
              .formatted(most, from, to));
    }
  }
}
