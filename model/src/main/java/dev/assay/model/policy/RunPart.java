package dev.assay.model.policy;

import java.util.Locale;

/** A part of a run's record that can equal another run's. */
public enum RunPart {
  /** Parameters. */
  PARAMS,
  /** Datasets, by their digests. */
  DATASETS,
  /** Steps and values of all metrics. */
  METRICS,
  /** Files, by their digests. */
  ARTIFACTS,
  /** The commit. */
  CODE;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
