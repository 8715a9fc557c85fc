package dev.assay.model.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms of files that queries read as tables. */
public enum TableForm {
  CSV,
  JSON,
  JSONL,
  PARQUET;

  /** The form of the file at {@code path}, by its ending. */
  public static Optional<TableForm> of(String path) {
    return Arrays.stream(values())
        .filter(form -> path.toLowerCase(Locale.ROOT).endsWith(form.ending()))
        .findFirst();
  }

  static List<String> endings() {
    return Arrays.stream(values()).map(TableForm::ending).toList();
  }

  private String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
