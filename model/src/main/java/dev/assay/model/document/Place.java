package dev.assay.model.document;

/**
 * Where something stands in a file.
 *
 * @param file the file's name as the caller gave it
 * @param line from 1
 * @param column from 1
 */
public record Place(String file, int line, int column) {
  /** {@code file:line:column}, which editors and terminals turn into a link. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
