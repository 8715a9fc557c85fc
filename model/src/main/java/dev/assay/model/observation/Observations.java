package dev.assay.model.observation;

import java.util.Optional;

/** A run's observations, asked for when a check needs them and not before. */
@FunctionalInterface
public interface Observations {
  /** Nothing was observed. */
  Observations NONE = _ -> Optional.empty();

  /** What the check with this id observed, if it did. */
  Optional<Observation> of(String check);
}
