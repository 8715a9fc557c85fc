package dev.assay.model.json;

/** Bytes that are not the JSON they should be; the message gives the line and what was found. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }

  public JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
