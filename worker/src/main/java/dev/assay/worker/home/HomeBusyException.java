package dev.assay.worker.home;

/**
 * Another process kept the home's lock for longer than the caller would wait: try later, or end
 * that process.
 */
public final class HomeBusyException extends HomeException {
  public HomeBusyException(String message) {
    super(message);
  }
}
