package dev.assay.ledger.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Finds out at which index a row was committed, whatever index it has now. */
final class Origins {
  /** The row was not committed at any place that the window knows. */
  static final long NONE = -1;

  /** So many neighbours that moved by the same distance take a row along that no tile knows. */
  private static final int STEADY = 2;

  /** Rows whose places are tried for a row that fits nowhere else. */
  private static final int MAX_SUSPECTS = 256;

  private final Window window;
  private final HeadRow head;
  private final VerifierHashes hashes = new VerifierHashes();
  private final List<WindowRow> suspects;
  private long lastShift;

  /** How many rows before had that shift, too. */
  private int steady;

  Origins(Window window, HeadRow head) {
    this.window = window;
    this.head = head;
    this.suspects = suspects();
  }

  /** Index at which the window's row was committed, or {@link #NONE}. */
  long of(int position, Optional<byte[]> chainBefore) {
    WindowRow row = window.rows().get(position);
    long origin = find(position, row, chainBefore);
    long shift = origin == NONE ? 0 : origin - row.index();
    steady = shift == lastShift ? steady + 1 : 0;
    lastShift = shift;
    return origin;
  }

  /** A tile's word first, then that of the row's own hashes, which may be rewritten with it. */
  private long find(int position, WindowRow row, Optional<byte[]> chainBefore) {
    long index = row.index();
    Optional<byte[]> known = window.leaf(index);
    if (known.isPresent() && Arrays.equals(known.get(), row.computed())) {
      return index;
    }
    if (lastShift != 0 && matches(row, index + lastShift)) {
      return index + lastShift;
    }
    if (known.isEmpty()) {
      long tiled = nearby(row, place -> window.leaf(place).isPresent());
      if (tiled != NONE) {
        return tiled;
      }
    }
    if (lastShift != 0
        && steady >= STEADY
        && row.storedLeafIsRight()
        && window.leaf(index + lastShift).isEmpty()) {
      return index + lastShift; // moved with its neighbours, and hashed anew
    }
    if (fits(position, chainBefore)) {
      return index;
    }
    long near = nearby(row, _ -> true);
    if (near != NONE) {
      return near;
    }
    Long place = window.places().get(ByteBuffer.wrap(row.leafHash()));
    return place != null && matches(row, place) ? place : anyPlace(row);
  }

  private long nearby(WindowRow row, LongPredicate eligible) {
    for (int distance = 1; distance <= Window.REACH; distance++) {
      for (long shift = -distance; shift <= distance; shift += 2L * distance) {
        long place = row.index() + shift;
        if (eligible.test(place) && matches(row, place)) {
          return place;
        }
      }
    }
    return NONE;
  }

  /** Its own place: what a tile says; without a tile its stored leaf hash or its chain link. */
  private boolean fits(int position, Optional<byte[]> chainBefore) {
    WindowRow row = window.rows().get(position);
    Optional<byte[]> known = window.leaf(row.index());
    if (known.isPresent()) {
      return Arrays.equals(known.get(), row.computed());
    }
    return row.index() < head.size()
        && (row.storedLeafIsRight() || isLinked(position, chainBefore));
  }

  /** Whether the chain leads to its own chain hash, or past it to the next row's or the head's. */
  private boolean isLinked(int position, Optional<byte[]> chainBefore) {
    WindowRow row = window.rows().get(position);
    if (chainBefore.isEmpty()) {
      return false;
    }
    byte[] link = new byte[VerifierHashes.BYTES];
    hashes.chain(chainBefore.get(), row.computed(), 0, link);
    if (Arrays.equals(link, row.chainHash())) {
      return true;
    }
    if (row.index() == head.size() - 1) {
      return Arrays.equals(link, head.chainHash());
    }
    if (position + 1 == window.rows().size()
        || window.rows().get(position + 1).index() != row.index() + 1) {
      return false;
    }
    WindowRow next = window.rows().get(position + 1);
    hashes.chain(link, next.computed(), 0, link);
    return Arrays.equals(link, next.chainHash());
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
