package dev.assay.model.policy;

import dev.assay.model.document.DocumentException;
import dev.assay.model.document.Fields;
import dev.assay.model.document.Value;
import dev.assay.model.policy.Check.CommandCheck;
import dev.assay.model.policy.Check.SqlCheck;
import dev.assay.model.verdict.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the checks that run programs. */
final class ProgramReader {
  static final List<String> COMMAND =
      List.of("run", "script", InlinedFiles.SCRIPT, "artifacts", "env", "timeout", "memoryMiB");

  static final List<String> SQL = List.of("query", "tables", "timeout", "memoryMiB");

  /** Tables that every query has; docs/policies.md says what is in them. */
  static final List<String> OWN_TABLES =
      List.of("artifacts", "datasets", "metrics", "params", "run", "tags");

  private static final int MAX_ARGUMENTS = 100;
  private static final int MAX_NAMED = 64;
  private static final int MAX_SCRIPT = 256 << 10;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private ProgramReader() {}

  static Check command(Fields fields, String id, Severity severity) {
    List<String> run = fields.required("run").list(1, MAX_ARGUMENTS, ProgramReader::argument);
    Optional<Value> file = fields.optional(InlinedFiles.SCRIPT);
    if (file.isPresent()) {
      throw file.get()
          .error(
              fields.optional("script").isPresent()
                  ? "a check has a script or a scriptFile; keep one"
                  : "scriptFile: there is no folder to read it from; write script, or name the policy's file");
    }
    return new CommandCheck(
        id,
        severity,
        run,
        fields.optional("script").map(script -> script.text(MAX_SCRIPT)),
        fields
            .optional("artifacts")
            .map(globs -> globs.list(0, MAX_NAMED, ProgramReader::files))
            .orElse(List.of()),
        named(fields, "env", VARIABLE, "the name of a variable, such as MODEL_KIND", Value::scalar),
        limits(fields));
  }

  static Check sql(Fields fields, String id, Severity severity) {
    Map<String, String> tables =
        named(
            fields, "tables", TABLE, "lower-case letters, digits and _", ProgramReader::tableFile);
    OWN_TABLES.stream()
        .filter(tables::containsKey)
        .findFirst()
        .ifPresent(
            name -> {
              throw fields
                  .required("tables")
                  .error(
                      "tables: '%s' is a table that every query has; give the file another name"
                          .formatted(name));
            });
    return new SqlCheck(
        id, severity, fields.required("query").text(), new TreeMap<>(tables), limits(fields));
  }

  private static String argument(Value value) {
    String text = value.scalar();
    if (text.indexOf('\0') >= 0) {
      throw value.error("run: an argument has no NUL character");
    }
    return text;
  }

  private static Glob files(Value value) {
    try {
      return Glob.ofPaths(value.text());
    } catch (IllegalArgumentException e) {
      throw new DocumentException(value.place(), "artifacts: " + e.getMessage());
    }
  }

  /** The forms that queries read are known by the files' endings. */
  private static String tableFile(Value value) {
    String path = value.text();
    if (TableForm.of(path).isEmpty()) {
      throw value.error(
          "tables: found '%s'; name a file of the run that ends in %s"
              .formatted(path, String.join(", ", TableForm.endings())));
    }
    return path;
  }

  private static SortedMap<String, String> named(
      Fields fields, String key, Pattern names, String write, Function<Value, String> read) {
    Optional<Value> written = fields.optional(key);
    if (written.isEmpty()) {
      return new TreeMap<>();
    }
    SortedMap<String, String> map = written.get().map(MAX_NAMED, read);
    for (String name : map.keySet()) {
      if (!names.matcher(name).matches()) {
        throw written.get().error("%s: found the name '%s'; write %s".formatted(key, name, write));
      }
    }
    return map;
  }

  private static ProgramLimits limits(Fields fields) {
    Optional<Value> timeout = fields.optional("timeout");
    Duration time = timeout.map(Value::duration).orElse(ProgramLimits.DEFAULT.timeout());
    if (time.compareTo(ProgramLimits.MOST_TIME) > 0) {
      throw fields
          .required("timeout")
          .error("timeout: a program gets at most an hour for a run; write PT1H or less");
    }
    return new ProgramLimits(
        time,
        fields
            .optional("memoryMiB")
            .map(value -> (int) value.integer(ProgramLimits.LEAST_MIB, ProgramLimits.MOST_MIB))
            .orElse(ProgramLimits.DEFAULT.memoryMiB()));
  }
}
