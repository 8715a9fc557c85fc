package dev.assay.model.check;

import dev.assay.model.pattern.TextPattern;
import dev.assay.model.policy.Check.ParamCheck;
import dev.assay.model.policy.Check.TagCheck;
import dev.assay.model.policy.ParamKind;
import dev.assay.model.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks of tags and parameters, which records keep as text. */
final class TextChecks {
  private static final int MAX_NUMBER = 64;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern TRUTH = Pattern.compile("(?i)true|false");

  private TextChecks() {}

  static Outcome tag(TagCheck check, Run run) {
    String what = "tag '" + check.key() + "'";
    return Optional.ofNullable(run.tags().get(check.key()))
        .map(value -> text(what, value, check.pattern(), check.allowed()))
        .orElseGet(() -> missing(what));
  }

  static Outcome param(ParamCheck check, Run run) {
    String what = "parameter '" + check.key() + "'";
    return Optional.ofNullable(run.params().get(check.key()))
        .map(value -> param(check, what, value))
        .orElseGet(() -> missing(what));
  }

  private static Outcome param(ParamCheck check, String what, String value) {
    if (!isOf(check.kind(), value)) {
      return Outcome.fail(
          value,
          "%s is '%s', which is no %s".formatted(what, Texts.bounded(value), check.kind().text()));
    }
    if (check.range().bounds() && !check.range().contains(Double.parseDouble(value))) {
      return Outcome.fail(value, "%s is %s, not %s".formatted(what, value, check.range()));
    }
    return text(what, value, check.pattern(), check.allowed());
  }

  private static Outcome text(
      String what, String value, Optional<TextPattern> pattern, List<String> allowed) {
    String shown = Texts.bounded(value);
    if (pattern.isPresent() && !pattern.get().matches(value)) {
      return Outcome.fail(
          value, "%s is '%s', which doesn't match %s".formatted(what, shown, pattern.get()));
    }
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      return Outcome.fail(
          value, "%s is '%s', not one of %s".formatted(what, shown, String.join(", ", allowed)));
    }
    return Outcome.pass(value, what + " is '" + shown + "'");
  }

  private static Outcome missing(String what) {
    return Outcome.fail("missing", "the record has no " + what);
  }

  private static boolean isOf(ParamKind kind, String value) {
    return switch (kind) {
      case STRING -> true;
      case NUMBER ->
          isShort(value)
              && DECIMAL.matcher(value).matches()
              && Double.isFinite(Double.parseDouble(value));
      case INTEGER -> isShort(value) && WHOLE.matcher(value).matches();
      case BOOLEAN -> isShort(value) && TRUTH.matcher(value).matches();
    };
  }

  private static boolean isShort(String value) {
    return value.length() <= MAX_NUMBER;
  }
}
