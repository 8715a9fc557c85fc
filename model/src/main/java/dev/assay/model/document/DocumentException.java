package dev.assay.model.document;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A document that can't be accepted. The message has a line for each problem: {@code
 * file:line:column: what was found; what to write}.
 */
public final class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<DocumentProblem> problems;

  /** One problem. */
  public DocumentException(Place place, String text) {
    this(List.of(new DocumentProblem(place, text)));
  }

  /** Several, at least one. */
  public DocumentException(List<DocumentProblem> problems) {
    super(problems.stream().map(DocumentProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The problems in the order in which they were found; at least one. */
  public List<DocumentProblem> problems() {
    return problems;
  }
}
