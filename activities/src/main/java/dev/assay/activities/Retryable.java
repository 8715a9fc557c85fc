package dev.assay.activities;

import dev.assay.ledger.LedgerException;
import dev.assay.registry.RegistryUnavailableException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Supplier;

/**
 * The activities' edge: a database that is away and a full queue are tried again by the engine;
 * everything else, what nobody foresaw included, fails the activity at once, so that it is seen.
 */
public final class Retryable {
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
      default -> false;
    };
  }
}
