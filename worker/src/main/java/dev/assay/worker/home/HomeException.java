package dev.assay.worker.home;

/** The home folder can't be made or used; the message names the path and what to change. */
public class HomeException extends RuntimeException {
  public HomeException(String message) {
    super(message);
  }

  public HomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
