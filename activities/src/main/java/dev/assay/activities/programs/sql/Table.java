package dev.assay.activities.programs.sql;

import dev.assay.activities.programs.Input;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file that a query reads under the table's name.
 *
 * @param form how its bytes are read
 * @param columns types by name, in order; if there are none, DuckDB finds them
 * @param content its bytes
 */
public record Table(Form form, Map<String, String> columns, Input content) {
  /** How bytes are read. */
  public enum Form {
    CSV("read_csv"),
    JSON("read_json"),
    PARQUET("read_parquet");

    private final String function;

    Form(String function) {
      this.function = function;
    }
  }

  public Table {
    columns = new LinkedHashMap<>(columns);
  }

  /** A table whose columns DuckDB finds. */
  public static Table of(Form form, Input content) {
    return new Table(form, Map.of(), content);
  }

  /**
   * Of JSON objects, one a line.
   *
   * @param columns DuckDB's types by name: lower-case letters and digits, never a user's
   */
  public static Table ofColumns(Map<String, String> columns, Input content) {
    return new Table(Form.JSON, columns, content);
  }

  /** What stands behind FROM. */
  String source(String path) {
    return columns.isEmpty()
        ? "%s('%s')".formatted(form.function, path)
        : "%s('%s', format = 'newline_delimited', columns = {%s})"
            .formatted(
                form.function,
                path,
                columns.entrySet().stream()
                    .map(column -> "%s: '%s'".formatted(column.getKey(), column.getValue()))
                    .collect(Collectors.joining(", ")));
  }
}
