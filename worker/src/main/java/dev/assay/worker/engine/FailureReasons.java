package dev.assay.worker.engine;

import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;

/** What a person is told of a failure that the engine keeps. */
final class FailureReasons {
  private FailureReasons() {}

  /**
   * The innermost message that says something: the outer ones often say only that something failed.
   * Empty if none does.
   */
  static String of(Failure failure) {
    String reason = own(failure);
    for (Failure cause = failure; cause.hasCause(); cause = cause.getCause()) {
      String inner = own(cause.getCause());
      reason = inner.isBlank() ? reason : inner;
    }
    return reason;
  }

  private static String own(Failure failure) {
    if (!failure.getMessage().isBlank() || !failure.hasTimeoutFailureInfo()) {
      return failure.getMessage();
    }
    boolean silent =
        failure.getTimeoutFailureInfo().getTimeoutType() == TimeoutType.TIMEOUT_TYPE_HEARTBEAT;
    return silent ? "it gave no sign of life" : "it took too long";
  }
}
