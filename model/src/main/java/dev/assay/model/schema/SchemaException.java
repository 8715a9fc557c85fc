package dev.assay.model.schema;

import java.util.List;

/** What isn't a schema that Assay evaluates. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> path;

  /**
   * @param path where in the schema: keys and indexes from the top
   */
  SchemaException(List<String> path, String message) {
    super(message);
    this.path = List.copyOf(path);
  }

  /** Keys and indexes from the top to what is wrong. */
  public List<String> path() {
    return path;
  }
}
