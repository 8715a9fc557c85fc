package dev.assay.ledger.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows beside the places where they were committed: which places have no row, which rows have no
 * place, which rows are out of order. Pure.
 */
final class Alignment {
  /** Positions of rows that are out of order, their original elsewhere in order. */
  private final List<Integer> duplicated = new ArrayList<>();

  /** Positions of rows that are out of order. */
  private final List<Integer> moved = new ArrayList<>();

  /** Places whose entry was replaced by a row of no place. */
  private final List<Long> edited = new ArrayList<>();

  /** Places without any row. */
  private final List<Long> deleted = new ArrayList<>();

  /** Positions of rows that were never committed. */
  private final List<Integer> inserted = new ArrayList<>();

  /**
   * Aligns.
   *
   * @param origins for each row the index at which it was committed, or {@link Origins#NONE}
   * @param indexes for each row the index that it has now
   * @param from first place
   * @param to place after the last; places without row count as deleted up to there
   */
  Alignment(long[] origins, long[] indexes, long from, long to) {
    boolean[] inOrder = longestAscending(origins);
    Set<Long> claimed = new HashSet<>();
    for (int i = 0; i < origins.length; i++) {
      if (inOrder[i]) {
        claimed.add(origins[i]);
      }
    }
    for (int i = 0; i < origins.length; i++) {
      if (!inOrder[i] && origins[i] != Origins.NONE) {
        (claimed.add(origins[i]) ? moved : duplicated).add(i);
      }
    }
    List<Integer> strangers = new ArrayList<>();
    long next = from;
    for (int i = 0; i < origins.length; i++) {
      if (origins[i] == Origins.NONE) {
        strangers.add(i);
      } else if (inOrder[i]) {
        close(strangers, unclaimed(next, origins[i], claimed), indexes);
        next = Math.max(next, origins[i] + 1);
      }
    }
    close(strangers, unclaimed(next, to, claimed), indexes);
  }

  List<Integer> duplicated() {
    return duplicated;
  }

  List<Integer> moved() {
    return moved;
  }

  List<Long> edited() {
    return edited;
  }

  List<Long> deleted() {
    return deleted;
  }

  List<Integer> inserted() {
    return inserted;
  }

  /** Whether there are more rows than places: strangers, or one row twice. */
  boolean hasMoreRows() {
    return !inserted.isEmpty() || !duplicated.isEmpty();
  }

  /** Whether rows and places pair off one to one, in order. */
  boolean keepsPlaces() {
    return duplicated.isEmpty() && moved.isEmpty() && deleted.isEmpty() && inserted.isEmpty();
  }

  /** Between two rows in order: strangers take empty places, their own first. */
  private void close(List<Integer> strangers, NavigableSet<Long> places, long[] indexes) {
    List<Integer> homeless = new ArrayList<>();
    for (int stranger : strangers) {
      if (places.remove(indexes[stranger])) {
        edited.add(indexes[stranger]);
      } else {
        homeless.add(stranger);
      }
    }
    for (int stranger : homeless) {
      Long place = places.pollFirst();
      if (place == null) {
        inserted.add(stranger);
      } else {
        edited.add(place);
      }
    }
    deleted.addAll(places);
    strangers.clear();
  }

  private static NavigableSet<Long> unclaimed(long from, long to, Set<Long> claimed) {
    NavigableSet<Long> places = new TreeSet<>();
    for (long place = from; place < to; place++) {
      if (!claimed.contains(place)) {
        places.add(place);
      }
    }
    return places;
  }

  /** Members of a longest strictly ascending subsequence, rows of no place left out. */
  private static boolean[] longestAscending(long[] values) {
    int[] tails = new int[values.length];
    int[] previous = new int[values.length];
    Arrays.fill(previous, -1);
    int length = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] == Origins.NONE) {
        continue;
      }
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (values[tails[middle]] < values[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      if (low < length && values[tails[low]] == values[i]) {
        continue; // of two rows of one place the first is the original
      }
      previous[i] = low > 0 ? tails[low - 1] : -1;
      tails[low] = i;
      length = Math.max(length, low + 1);
    }
    boolean[] member = new boolean[values.length];
    for (int i = length > 0 ? tails[length - 1] : -1; i >= 0; i = previous[i]) {
      member[i] = true;
    }
    return member;
  }
}
