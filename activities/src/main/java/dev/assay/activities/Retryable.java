package dev.assay.activities;

import dev.assay.ledger.LedgerException;
import dev.assay.registry.RegistryUnavailableException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The activities' edge: a database or an engine that is away and a full queue are tried again;
 * everything else, what nobody foresaw included, fails the activity at once, so that it is seen.
 */
public final class Retryable {
  /** What an engine says of a call that it will never take; all else may be its own trouble. */
  private static final Set<Status.Code> HOPELESS =
      Set.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.PERMISSION_DENIED,
          Status.Code.UNAUTHENTICATED,
          Status.Code.UNIMPLEMENTED);

  private Retryable() {}

  /**
   * Runs the work.
   *
   * @throws ApplicationFailure non-retryable, its type the exception's simple class name, if no try
   *     will succeed
   */
  public static <T> T unlessHopeless(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (mayPass(e)) {
        throw e;
      }
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          String.valueOf(e.getMessage()), e.getClass().getSimpleName(), e);
    }
  }

  private static boolean mayPass(RuntimeException e) {
    return switch (e) {
      case RegistryUnavailableException _, ActivityCompletionException _ -> true;
      case LedgerException ledger -> ledger.retryable();
      case StatusRuntimeException engine -> !HOPELESS.contains(engine.getStatus().getCode());
      default -> false;
    };
  }
}
