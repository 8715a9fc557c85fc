package dev.assay.model.text;

/** Numbers of things, as people write them. */
public final class Count {
  private Count() {}

  /** {@code 1 problem}, {@code 2 problems}; for nouns whose plural is formed by an s. */
  public static String of(long number, String noun) {
    return of(number, noun, noun + "s");
  }

  /** {@code 1 entry}, {@code 2 entries}. */
  public static String of(long number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }
}
