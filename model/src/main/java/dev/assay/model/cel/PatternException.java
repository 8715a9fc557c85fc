package dev.assay.model.cel;

/** A text that {@code matches} can't take as a pattern; the message is one line. */
final class PatternException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PatternException(String message) {
    super("matches: " + message.replaceAll("\\s+", " "));
  }
}
