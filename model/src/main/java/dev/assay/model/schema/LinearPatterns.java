package dev.assay.model.schema;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import dev.assay.model.pattern.TextPattern;
import java.util.List;

/** Patterns of schemas: what backtracks could be made to hang. */
final class LinearPatterns implements RegularExpressionFactory {
  @Override
  public RegularExpression getRegularExpression(String regex) {
    return compile(regex, List.of())::finds;
  }

  /** Throws for a pattern that doesn't compile. */
  static TextPattern compile(String regex, List<String> path) {
    try {
      return TextPattern.compile(regex);
    } catch (IllegalArgumentException e) {
      throw new SchemaException(path, String.valueOf(e.getMessage()));
    }
  }
}
