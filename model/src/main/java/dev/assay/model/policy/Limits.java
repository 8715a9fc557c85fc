package dev.assay.model.policy;

import dev.assay.model.pattern.TextPattern;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pieces of a check's demand as text. */
final class Limits {
  private Limits() {}

  static String join(String... parts) {
    return Arrays.stream(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
  }

  static String matches(Optional<TextPattern> pattern) {
    return pattern.map(text -> "matches " + text).orElse("");
  }

  static String in(List<String> allowed) {
    return allowed.isEmpty() ? "" : "in " + list(allowed);
  }

  /** An argument that a shell would cut is in quotes. */
  static String command(List<String> arguments) {
    return arguments.stream()
        .map(argument -> argument.matches("[\\w./:=@%+,-]+") ? argument : "'" + argument + "'")
        .collect(Collectors.joining(" "));
  }

  static String list(List<?> items) {
    return items.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
