package dev.assay.model.cel;

import dev.assay.model.pattern.TextPattern;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import java.util.List;
import java.util.Optional;

/**
 * {@code matches}, in place of the library's own: that one compiles a pattern before it looks at
 * its size, and a pattern may come from the run.
 */
final class BoundedMatches {
  /** Most instructions of a pattern; it is compiled whenever it is evaluated, in loops, too. */
  private static final int MAX_INSTRUCTIONS = 1_000;

  private static final String NAME = "matches";

  /** Overloads of the standard: {@code matches(text, pattern)}, {@code text.matches(pattern)}. */
  private static final List<String> OVERLOADS = List.of("matches", "matches_string");

  private BoundedMatches() {}

  /** CEL's standard functions but this one. */
  static CelStandardFunctions others() {
    return CelStandardFunctions.newBuilder().excludeFunctions(StandardFunction.MATCHES).build();
  }

  static List<CelFunctionBinding> bindings() {
    return OVERLOADS.stream()
        .map(
            overload ->
                CelFunctionBinding.from(
                    overload, String.class, String.class, BoundedMatches::matches))
        .toList();
  }

  private static boolean matches(String text, String pattern) {
    return compile(pattern).finds(text);
  }

  private static TextPattern compile(String text) {
    TextPattern pattern;
    try {
      pattern = TextPattern.compile(text);
    } catch (IllegalArgumentException e) {
      throw new PatternException(String.valueOf(e.getMessage()));
    }
    if (pattern.instructions() > MAX_INSTRUCTIONS) {
      throw new PatternException(
          "'%s' comes to %s instructions, at most %s are evaluated; make its repetitions smaller"
              .formatted(text, pattern.instructions(), MAX_INSTRUCTIONS));
    }
    return pattern;
  }

  /** Refuses a call with a pattern, written in the expression, that could never be evaluated. */
  static void check(CelNavigableExpr node) throws ExpressionException {
    Optional<String> pattern = written(node);
    try {
      pattern.ifPresent(BoundedMatches::compile);
    } catch (PatternException e) {
      throw new ExpressionException(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> written(CelNavigableExpr node) {
    if (node.getKind() != CelExpr.ExprKind.Kind.CALL
        || !node.expr().call().function().equals(NAME)) {
      return Optional.empty();
    }
    return Optional.of(node.expr().call().args().getLast())
        .filter(pattern -> pattern.getKind() == CelExpr.ExprKind.Kind.CONSTANT)
        .map(CelExpr::constant)
        .filter(pattern -> pattern.getKind() == CelConstant.Kind.STRING_VALUE)
        .map(CelConstant::stringValue);
  }
}
