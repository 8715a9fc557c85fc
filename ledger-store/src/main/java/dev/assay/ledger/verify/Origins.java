package dev.assay.ledger.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out at which index a row was committed, whatever index it has now. */
final class Origins {
  /** The row was not committed at any place that the window knows. */
  static final long NONE = -1;

  /** Rows whose places are tried for a row that fits nowhere else. */
  private static final int MAX_SUSPECTS = 256;

  private final Window window;
  private final long size;
  private final VerifierHashes hashes = new VerifierHashes();
  private final List<WindowRow> suspects;
  private long lastShift;

  Origins(Window window, long size) {
    this.window = window;
    this.size = size;
    this.suspects = suspects();
  }

  /** Index at which {@code row} was committed, or {@link #NONE}. */
  long of(WindowRow row, Optional<byte[]> chainBefore) {
    long index = row.index();
    if (fits(row, index, chainBefore)) {
      lastShift = 0;
      return index;
    }
    if (lastShift != 0 && matches(row, index + lastShift)) {
      return index + lastShift;
    }
    for (int distance = 1; distance <= Window.REACH; distance++) {
      for (long shift = -distance; shift <= distance; shift += 2L * distance) {
        if (matches(row, index + shift)) {
          lastShift = shift;
          return index + shift;
        }
      }
    }
    Long place = window.places().get(ByteBuffer.wrap(row.leafHash()));
    return place != null && matches(row, place) ? place : anyPlace(row);
  }

  /** Its own place: what a tile says; without a tile its stored leaf hash or its chain link. */
  private boolean fits(WindowRow row, long index, Optional<byte[]> chainBefore) {
    Optional<byte[]> known = window.leaf(index);
    if (known.isPresent()) {
      return Arrays.equals(known.get(), row.computed());
    }
    return index < size && (row.storedLeafIsRight() || linksTo(row, chainBefore));
  }

  private boolean linksTo(WindowRow row, Optional<byte[]> chainBefore) {
    if (chainBefore.isEmpty()) {
      return false;
    }
    byte[] link = new byte[VerifierHashes.BYTES];
    hashes.chain(chainBefore.get(), row.computed(), 0, link);
    return Arrays.equals(link, row.chainHash());
  }

  private boolean matches(WindowRow row, long index) {
    if (index < 0) {
      return false;
    }
    byte[] leaf = row.leafAt(index, hashes);
    return window
        .leaf(index)
        .map(known -> Arrays.equals(known, leaf))
        .orElseGet(() -> Arrays.equals(row.leafHash(), leaf));
  }

  /** Its content at the place of another suspicious row, for rows that changed places. */
  private long anyPlace(WindowRow row) {
    for (WindowRow other : suspects) {
      if (other.index() != row.index()
          && (matches(row, other.index()) || takesHashesOf(row, other))) {
        return other.index();
      }
    }
    return NONE;
  }

  /** Contents changed places, the stored hashes stayed. */
  private boolean takesHashesOf(WindowRow row, WindowRow other) {
    return window.leaf(other.index()).isEmpty()
        && Arrays.equals(row.leafAt(other.index(), hashes), other.leafHash());
  }

  private List<WindowRow> suspects() {
    return window.rows().stream()
        .filter(
            row -> !Arrays.equals(row.computed(), window.leaf(row.index()).orElse(row.leafHash())))
        .limit(MAX_SUSPECTS)
        .toList();
  }
}
