package dev.assay.connectors.mlflow.rest;

/** A reply that doesn't hold what was asked for, from a server that works. */
final class ReplyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  enum Kind {
    /** The server says no; the status tells why. */
    REFUSED,
    /** It is larger than the bound. */
    TOO_LARGE,
    /** It isn't what MLflow's API promises. */
    MALFORMED
  }

  private final Kind kind;
  private final int status;
  private final String lasting;

  /**
   * @param status of HTTP; 0 if it doesn't matter
   * @param lasting as the message, without what may differ from reply to reply
   */
  ReplyException(Kind kind, int status, String lasting, String message) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.lasting = lasting;
  }

  ReplyException(Kind kind, String message) {
    this(kind, 0, message, message);
  }

  /** The message as a problem of a run may have it: the same each time, like the run's digest. */
  String lasting() {
    return lasting;
  }

  Kind kind() {
    return kind;
  }

  boolean isNotFound() {
    return kind == Kind.REFUSED && status == 404;
  }

  boolean isForbidden() {
    return kind == Kind.REFUSED && status == 403;
  }
}
