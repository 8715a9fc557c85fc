package dev.assay.ledger.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Pairs of checkpoints, both signed, that can't be of one ledger: of one size with two roots, or
 * such that the entries give the larger one's root but not the smaller one's. In the second case no
 * consistency proof can exist: a tree has one root at each smaller size, and it is another.
 */
final class Forks {
  /**
   * @param odd the one that the entries don't give
   * @param other the one that it contradicts
   */
  record Fork(TrustedCheckpoint odd, TrustedCheckpoint other) {}

  private final List<Fork> forks = new ArrayList<>();
  private final Set<TrustedCheckpoint> concerned = new HashSet<>();

  Forks(Pins pins) {
    List<TrustedCheckpoint> all = pins.trusted();
    for (TrustedCheckpoint odd : all) {
      if (!pins.agrees(odd) && !concerned.contains(odd)) {
        all.stream()
            .filter(other -> contradict(odd, other, pins))
            .findFirst()
            .ifPresent(other -> add(new Fork(odd, other)));
      }
    }
  }

  private void add(Fork fork) {
    if (forks.stream().noneMatch(known -> known.other().equals(fork.other()))) {
      forks.add(fork);
    }
    concerned.add(fork.odd());
    concerned.add(fork.other());
  }

  private static boolean contradict(TrustedCheckpoint odd, TrustedCheckpoint other, Pins pins) {
    if (!odd.checkpoint().origin().equals(other.checkpoint().origin())) {
      return false;
    }
    return odd.size() == other.size()
        ? !odd.checkpoint().root().equals(other.checkpoint().root())
        : odd.size() < other.size() && pins.disagrees(odd) && pins.agrees(other);
  }

  /** Of all that contradict one note the smallest. */
  List<Fork> all() {
    return forks;
  }

  /** Whether this one is half of a fork, so that it vouches for nothing. */
  boolean concern(TrustedCheckpoint anchor) {
    return concerned.contains(anchor);
  }
}
