package dev.assay.ledger.export;

/** Where a tile lies under an export's folder. Source: c2sp.org/tlog-tiles, "Merkle Tree". */
final class TilePath {
  private static final int WIDTH = 256;

  private TilePath() {}

  /** {@code tile/<level>/x001/x234/067}, and {@code .p/<width>} for an unfinished one. */
  static String of(int level, long index, int width) {
    return of(Integer.toString(level), index, width);
  }

  /** {@code tile/entries/…}: the bundle of the entries of a tile of level 0. */
  static String entries(long index, int width) {
    return of("entries", index, width);
  }

  private static String of(String what, long index, int width) {
    StringBuilder path = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    return "tile/%s/%s%s".formatted(what, path, width == WIDTH ? "" : ".p/" + width);
  }
}
