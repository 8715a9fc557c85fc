package dev.assay.model.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.List;

/**
 * Patterns in RE2 syntax, which matches in time linear in the text: what backtracks can be made to
 * hang by whoever writes the schema or the run.
 */
final class LinearPatterns implements RegularExpressionFactory {
  /** Longest pattern, in characters. */
  static final int MAX_LENGTH = 1000;

  /** Most instructions that it compiles to. */
  static final long MAX_SIZE = 10_000;

  @Override
  public RegularExpression getRegularExpression(String regex) {
    Pattern pattern = compile(regex);
    return value -> pattern.matcher(value).find();
  }

  private static Pattern compile(String regex) {
    if (regex.length() > MAX_LENGTH) {
      throw new SchemaException(
          List.of(),
          "a pattern of %s characters; write at most %s".formatted(regex.length(), MAX_LENGTH));
    }
    if (PatternSize.of(regex) > MAX_SIZE) {
      throw new SchemaException(
          List.of(),
          "the repetitions of '%s' come to more than %s steps; make them smaller"
              .formatted(regex, MAX_SIZE));
    }
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new SchemaException(
          List.of(),
          "'%s' is not a regular expression of RE2: %s".formatted(regex, e.getDescription()));
    }
  }

  /** Throws for a pattern that doesn't compile. */
  static void check(String regex, List<String> path) {
    try {
      compile(regex);
    } catch (SchemaException e) {
      throw new SchemaException(path, String.valueOf(e.getMessage()));
    }
  }
}
