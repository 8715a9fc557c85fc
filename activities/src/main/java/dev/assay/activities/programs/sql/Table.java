package dev.assay.activities.programs.sql;

import dev.assay.activities.programs.Input;

/** A file that a query reads under the table's name. */
public record Table(Form form, Input content) {
  /** How its bytes are read; the types of columns are found by DuckDB. */
  public enum Form {
    CSV("read_csv"),
    JSON("read_json"),
    PARQUET("read_parquet");

    private final String function;

    Form(String function) {
      this.function = function;
    }

    String function() {
      return function;
    }
  }
}
