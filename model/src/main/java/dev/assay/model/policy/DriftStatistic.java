package dev.assay.model.policy;

import java.util.Locale;

/** How far apart two distributions are. */
public enum DriftStatistic {
  /** Population stability index over quantile bins of the baseline. */
  PSI,
  /** Two-sample Kolmogorov-Smirnov statistic: the largest distance of the two step functions. */
  KS;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
