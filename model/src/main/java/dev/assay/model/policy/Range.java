package dev.assay.model.policy;

import dev.assay.model.json.JsonNumbers;
import java.util.Optional;

/**
 * Numbers from {@code min} to {@code max}, both included; an absent bound doesn't bound.
 *
 * @param min smallest, finite
 * @param max largest, finite
 */
public record Range(Optional<Double> min, Optional<Double> max) {
  /** No bounds. */
  public static final Range ALL = new Range(Optional.empty(), Optional.empty());

  public Range {
    if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
      throw new IllegalArgumentException(
          "min %s is above max %s; no number is between them"
              .formatted(JsonNumbers.format(min.get()), JsonNumbers.format(max.get())));
    }
  }

  /** Whether there is any bound. */
  public boolean bounds() {
    return min.isPresent() || max.isPresent();
  }

  /** Whether {@code value} is within; NaN never is. */
  public boolean contains(double value) {
    return !Double.isNaN(value)
        && min.map(bound -> value >= bound).orElse(true)
        && max.map(bound -> value <= bound).orElse(true);
  }

  /** {@code >= 0.85, <= 1}; empty without bounds. */
  @Override
  public String toString() {
    String low = min.map(bound -> ">= " + JsonNumbers.format(bound)).orElse("");
    String high = max.map(bound -> "<= " + JsonNumbers.format(bound)).orElse("");
    return low + (low.isEmpty() || high.isEmpty() ? "" : ", ") + high;
  }
}
