package dev.assay.model.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression in RE2 syntax, which matches in time linear in the text, whoever wrote
 * either. Its counted repetitions are written out when it is compiled, so what they come to is
 * bounded before.
 */
public final class TextPattern {
  /** Longest expression, in characters. */
  public static final int MAX_LENGTH = 1000;

  /** Most steps that its repetitions come to. */
  public static final long MAX_STEPS = 10_000;

  private final String text;
  private final long steps;
  private final Pattern pattern;

  private TextPattern(String text, long steps, Pattern pattern) {
    this.text = text;
    this.steps = steps;
    this.pattern = pattern;
  }

  /**
   * Compiles.
   *
   * @throws IllegalArgumentException if it doesn't, or is too large; the message says why
   */
  public static TextPattern compile(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a regular expression of %s characters; write at most %s"
              .formatted(text.length(), MAX_LENGTH));
    }
    long steps = PatternSize.of(text);
    if (steps > MAX_STEPS) {
      throw new IllegalArgumentException(
          "the repetitions of '%s' come to more than %s steps; make them smaller"
              .formatted(text, MAX_STEPS));
    }
    try {
      return new TextPattern(text, steps, Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is not a regular expression of RE2: %s".formatted(text, e.getDescription()), e);
    }
  }

  /** How many steps it comes to before it is compiled, rather more than less. */
  public long steps() {
    return steps;
  }

  /** How many instructions it was compiled to. */
  public int instructions() {
    return pattern.programSize();
  }

  /** Whether the whole of {@code value} matches. */
  public boolean matches(String value) {
    return pattern.matches(value);
  }

  /** Whether a part of {@code value} matches. */
  public boolean finds(String value) {
    return pattern.matcher(value).find();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The expression as written. */
  @Override
  public String toString() {
    return text;
  }
}
