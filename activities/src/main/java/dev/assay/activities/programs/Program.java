package dev.assay.activities.programs;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What to run.
 *
 * @param arguments the program and its arguments; no shell looks at them
 * @param environment all it gets besides PATH, LANG, HOME and TMPDIR, which may be named, too
 * @param inputs by relative path; it finds them read-only below {@code inputs/}
 * @param standardInput what it reads from there
 */
public record Program(
    List<String> arguments,
    SortedMap<String, String> environment,
    SortedMap<String, Input> inputs,
    Input standardInput) {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
  private static final Pattern STEP = Pattern.compile("[A-Za-z0-9_@+=-][A-Za-z0-9._@+=$-]{0,99}");
  private static final int MOST_INPUTS = 1_000;

  public Program {
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
      throw new IllegalArgumentException("a program needs a name; pass it as the first argument");
    }
    arguments.forEach(argument -> noZero("argument", argument));
    environment.forEach(Program::checkVariable);
    inputs.keySet().forEach(Program::checkPath);
    if (inputs.size() > MOST_INPUTS) {
      throw new IllegalArgumentException(
          "a program gets up to %d inputs, not %d".formatted(MOST_INPUTS, inputs.size()));
    }
  }

  public static Program of(String... arguments) {
    return new Program(List.of(arguments), new TreeMap<>(), new TreeMap<>(), Input.text(""));
  }

  public Program environment(Map<String, String> named) {
    return new Program(arguments, new TreeMap<>(named), inputs, standardInput);
  }

  public Program inputs(Map<String, Input> given) {
    return new Program(arguments, environment, new TreeMap<>(given), standardInput);
  }

  public Program standardInput(Input given) {
    return new Program(arguments, environment, inputs, given);
  }

  private static void checkVariable(String name, String value) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "an environment variable is letters, digits and _, up to 100, got one of %d characters"
              .formatted(name.length()));
    }
    noZero("environment variable", value);
  }

  private static void checkPath(String path) {
    for (String step : path.split("/", -1)) {
      if (!STEP.matcher(step).matches()) {
        throw new IllegalArgumentException(
            "an input's path is relative, of letters, digits and . _ @ + = $ -, no step begins"
                + " with a dot; got %d characters. Give the input another name"
                    .formatted(path.length()));
      }
    }
  }

  private static void noZero(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "an %s of a program has a zero character; remove it".formatted(what));
    }
  }
}
