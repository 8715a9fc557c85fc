package dev.assay.activities.validation;

import dev.assay.ledger.EntryTooLargeException;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.model.document.DocumentException;
import dev.assay.model.json.JsonException;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.ExecutionStateException;
import dev.assay.registry.RecordConflictException;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Supplier;

/**
 * The activities' edge: what can't become better by itself fails the activity for good; everything
 * else (a database that is away, a full queue) is tried again by the engine.
 */
final class Retryable {
  private Retryable() {}

  static <T> T unlessHopeless(Supplier<T> work) {
    try {
      return work.get();
    } catch (EvidenceDamagedException
        | EvidenceMissingException
        | EntryTooLargeException
        | ExecutionStateException
        | IdempotencyConflictException
        | RecordConflictException
        | ResultForgedException
        | DocumentException
        | JsonException
        | IllegalArgumentException e) {
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          String.valueOf(e.getMessage()), e.getClass().getSimpleName(), e);
    }
  }
}
