package dev.assay.model.check;

import dev.assay.model.json.JsonNumbers;
import dev.assay.model.text.Count;

/** Values as findings write them. */
final class Texts {
  /** Longest {@code observed}, in characters. */
  static final int MAX_OBSERVED = 300;

  private Texts() {}

  /** A double in its canonical form; NaN and infinities by name. */
  static String number(double value) {
    return Double.isFinite(value) ? JsonNumbers.format(value) : Double.toString(value);
  }

  /**
   * At most {@link #MAX_OBSERVED} characters of a text that a hostile record may hold. Half a
   * surrogate pair has no UTF-8 form, so it is replaced.
   */
  static String bounded(String text) {
    String cut = text.length() <= MAX_OBSERVED ? text : text.substring(0, MAX_OBSERVED - 1) + "…";
    if (cut.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return cut;
    }
    StringBuilder clean = new StringBuilder(cut.length());
    cut.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** {@code 1 problem}, {@code 2 problems}. */
  static String count(long number, String noun) {
    return Count.of(number, noun);
  }
}
