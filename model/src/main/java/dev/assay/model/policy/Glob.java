package dev.assay.model.policy;

import com.google.re2j.Pattern;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * A pattern of names or paths. In names {@code *} stands for any characters and {@code ?} for one.
 * In paths both stop at {@code /}, and a segment {@code **} stands for any number of segments, none
 * included; {@code model/**} is everything below {@code model}. Matching takes time linear in the
 * text.
 */
public final class Glob {
  private static final int MAX_LENGTH = 1000;
  private static final String ANY_FILE = "**/*";
  private static final java.util.regex.Pattern TOKEN =
      java.util.regex.Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?|[^*?]+");

  private final String text;
  private final Pattern pattern;

  /** What a path ends with, of a pattern such as {@code **}{@code /*.rtch}; else empty. */
  private final Optional<String> ending;

  private Glob(String text, String regex, Optional<String> ending) {
    this.text = text;
    this.pattern = Pattern.compile(regex, Pattern.DOTALL);
    this.ending = ending;
  }

  /**
   * A pattern of names, such as metrics'.
   *
   * @throws IllegalArgumentException if it isn't one; the message says why
   */
  public static Glob ofNames(String text) {
    checkCharacters(text);
    return new Glob(text, translate(text, false), Optional.empty());
  }

  /**
   * A pattern of relative paths with {@code /}.
   *
   * @throws IllegalArgumentException if it isn't one; the message says why
   */
  public static Glob ofPaths(String text) {
    checkCharacters(text);
    for (String segment : text.split("/", -1)) {
      boolean mixed = segment.contains("**") && !segment.equals("**");
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || mixed) {
        throw new IllegalArgumentException(
            "'%s' is not a pattern of relative paths; write segments between single '/', without"
                    .formatted(text)
                + " '.' and '..', and '**' only as a whole segment");
      }
    }
    return new Glob(text, translate(text, true), ending(text));
  }

  /** Whether the whole of {@code name} matches. */
  public boolean matches(String name) {
    if (ending.isPresent()) {
      return name.endsWith(ending.get()) && !name.startsWith("/") && !name.contains("//");
    }
    return pattern.pattern().equals(".*") || pattern.matches(name);
  }

  /** Files of one kind in any folder are what policies ask for most, and need no automaton. */
  private static Optional<String> ending(String text) {
    String end = text.startsWith(ANY_FILE) ? text.substring(ANY_FILE.length()) : "/";
    return end.chars().anyMatch(c -> "/*?".indexOf(c) >= 0) ? Optional.empty() : Optional.of(end);
  }

  private static void checkCharacters(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a pattern of %s characters; write at most %s".formatted(text.length(), MAX_LENGTH));
    }
    if (text.chars().anyMatch(c -> "[]{}\\".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "'%s': patterns know *, ** and ?; write one pattern for each alternative, and ? for a"
                  .formatted(text)
              + " bracket");
    }
  }

  private static String translate(String text, boolean paths) {
    StringBuilder regex = new StringBuilder();
    TOKEN
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .forEach(token -> regex.append(translateToken(token, paths)));
    return regex.toString();
  }

  private static String translateToken(String token, boolean paths) {
    return switch (token) {
      case "**/" -> paths ? "(?:[^/]+/)*" : ".*/";
      case "**" -> ".*";
      case "*" -> paths ? "[^/]*" : ".*";
      case "?" -> paths ? "[^/]" : ".";
      default -> Pattern.quote(token);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob that
        && text.equals(that.text)
        && pattern.pattern().equals(that.pattern.pattern());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern as written. */
  @Override
  public String toString() {
    return text;
  }
}
