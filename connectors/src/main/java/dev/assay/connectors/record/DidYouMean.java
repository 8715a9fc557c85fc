package dev.assay.connectors.record;

import java.util.Collection;
import java.util.Optional;

/** The known word that somebody who wrote an unknown one may have meant. */
public final class DidYouMean {
  /** Two slips of the finger; three make other words. */
  private static final int MOST_EDITS = 2;

  private static final int LONGEST_WORD = 64;

  private DidYouMean() {}

  /** The nearest known word, if one is near. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    String best = "";
    int fewest = MOST_EDITS + 1;
    for (String candidate : known) {
      int edits = edits(word, candidate);
      if (edits < fewest && edits < candidate.length()) {
        fewest = edits;
        best = candidate;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
