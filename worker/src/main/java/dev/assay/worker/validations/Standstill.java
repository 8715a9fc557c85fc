package dev.assay.worker.validations;

import dev.assay.workflows.validation.ValidationProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Measures how long nothing has moved, and how long something was wrong in that time: a validation
 * that works on without a sign is not given up.
 */
final class Standstill {
  private final LongSupplier nanos;
  private Optional<ValidationProgress> seen = Optional.empty();
  private long movedAt;

  /** When something was first found wrong since it moved; empty while nothing is. */
  private OptionalLong troubledAt = OptionalLong.empty();

  /**
   * @param nanos a clock that never goes back, in ns
   */
  Standstill(LongSupplier nanos) {
    this.nanos = nanos;
    this.movedAt = nanos.getAsLong();
  }

  void sees(ValidationProgress now) {
    if (!seen.equals(Optional.of(now))) {
      seen = Optional.of(now);
      movedAt = nanos.getAsLong();
      troubledAt = OptionalLong.empty();
    }
  }

  void troubled(boolean wrong) {
    if (!wrong) {
      troubledAt = OptionalLong.empty();
    } else if (troubledAt.isEmpty()) {
      troubledAt = OptionalLong.of(nanos.getAsLong());
    }
  }

  /** Since it last moved. */
  Duration length() {
    return Duration.ofNanos(nanos.getAsLong() - movedAt);
  }

  /** Since something was first found wrong after it last moved; zero while nothing is. */
  Duration troubledFor() {
    return troubledAt.isPresent()
        ? Duration.ofNanos(nanos.getAsLong() - troubledAt.getAsLong())
        : Duration.ZERO;
  }
}
