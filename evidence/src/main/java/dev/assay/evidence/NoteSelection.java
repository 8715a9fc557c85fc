package dev.assay.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of an anchor's notes are read: all, or, of too many, those of sizes that have two roots,
 * the newest half, and an even sample of the older ones. Goes by names alone, which sort as sizes.
 */
final class NoteSelection {
  /** Names held at once, some 20 MB; of more, the newest are known all the same. */
  private static final int MAX_HELD = 200_000;

  private final int max;
  private final TreeSet<String> newest = new TreeSet<>();
  private final List<String> held = new ArrayList<>();
  private long added;

  /**
   * @param max at least 4
   */
  NoteSelection(int max) {
    this.max = max;
  }

  void add(String name) {
    added++;
    newest.add(name);
    if (newest.size() > max / 2) {
      newest.pollFirst();
    }
    if (held.size() < MAX_HELD) {
      held.add(name);
    }
  }

  Set<String> chosen() {
    if (held.size() == added && added <= max) {
      return new TreeSet<>(held);
    }
    TreeSet<String> chosen = new TreeSet<>(newest);
    forked().stream().limit(max / 4).forEach(chosen::add);
    List<String> older = held.stream().filter(name -> !chosen.contains(name)).sorted().toList();
    int room = Math.min(max - chosen.size(), older.size());
    for (int i = 0; i < room; i++) {
      chosen.add(older.get((int) ((long) i * older.size() / room)));
    }
    return chosen;
  }

  /** Which were left out, in a sentence; empty if none. */
  Optional<String> leftOut() {
    return added <= max
        ? Optional.empty()
        : Optional.of(
            "of %d notes the newest %d were read, those of sizes with two roots, and an even sample of the older ones, %d in all"
                .formatted(added, newest.size(), chosen().size()));
  }

  /** Newest first. */
  private List<String> forked() {
    Map<String, String> roots = new HashMap<>();
    Set<String> sizes = new HashSet<>();
    for (String name : held) {
      AnchorNames.Named named = AnchorNames.parse(name).orElseThrow();
      String other = roots.putIfAbsent(named.size(), named.root());
      if (other != null && !other.equals(named.root())) {
        sizes.add(named.size());
      }
    }
    return held.stream()
        .filter(name -> sizes.contains(name.substring(0, 20)))
        .sorted(java.util.Comparator.reverseOrder())
        .toList();
  }
}
