package dev.assay.model.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression in RE2 syntax, which matches in time linear in the text, whoever wrote
 * either. It has to match the whole text.
 */
public final class TextPattern {
  /** Longest expression, in characters. */
  public static final int MAX_LENGTH = 1000;

  private final String text;
  private final Pattern pattern;

  private TextPattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Compiles.
   *
   * @throws IllegalArgumentException if it doesn't; the message says why
   */
  public static TextPattern compile(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a regular expression of %s characters; write at most %s"
              .formatted(text.length(), MAX_LENGTH));
    }
    try {
      return new TextPattern(text, Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is not a regular expression of RE2: %s".formatted(text, e.getDescription()), e);
    }
  }

  /** Whether the whole of {@code value} matches. */
  public boolean matches(String value) {
    return pattern.matches(value);
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
