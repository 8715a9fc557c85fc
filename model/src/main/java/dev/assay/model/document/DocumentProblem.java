package dev.assay.model.document;

/**
 * One reason why a document can't be accepted.
 *
 * @param place where
 * @param text what was found, and what to write
 */
public record DocumentProblem(Place place, String text) {
  /** {@code file:line:column: text}. */
  @Override
  public String toString() {
    return place + ": " + text;
  }
}
