package dev.assay.model.check;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How far apart the distributions of two samples are. Only operations whose result is the same on
 * every machine: {@link StrictMath}, sums in a fixed order.
 */
final class Drift {
  /** Stands for an empty bin's share, which has no logarithm. */
  static final double EMPTY_SHARE = 0.0001;

  private static final int MAX_TERMS = 100;

  private Drift() {}

  /**
   * Population stability index, the sum over bins of {@code (q - p) * ln(q / p)} (N. Siddiqi,
   * "Credit Risk Scorecards", Wiley 2006; a symmetric divergence of Kullback and Leibler, Annals of
   * Mathematical Statistics 22, 1951), where p and q are the shares of the baseline's and the
   * sample's points in a bin. Bins end at the baseline's quantiles (nearest rank), these included;
   * equal ends are one, the first bin has no lower end and the last no upper one.
   *
   * @param baseline sorted, finite
   * @param sample sorted, finite
   * @return empty if fewer than two bins are left, because the baseline's values are too alike
   */
  static OptionalDouble psi(double[] baseline, double[] sample, int bins) {
    double[] ends = ends(baseline, bins);
    if (ends.length == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    int p = 0;
    int q = 0;
    for (int bin = 0; bin <= ends.length; bin++) {
      int nextP = bin < ends.length ? upTo(baseline, ends[bin]) : baseline.length;
      int nextQ = bin < ends.length ? upTo(sample, ends[bin]) : sample.length;
      double expected = share(nextP - p, baseline.length);
      double found = share(nextQ - q, sample.length);
      sum += (found - expected) * StrictMath.log(found / expected);
      p = nextP;
      q = nextQ;
    }
    return OptionalDouble.of(sum);
  }

  /** Ends of all bins but the last: ascending, each below the baseline's largest value. */
  private static double[] ends(double[] baseline, int bins) {
    double largest = baseline[baseline.length - 1];
    return IntStream.range(1, bins)
        .mapToDouble(k -> baseline[rank(k, bins, baseline.length) - 1])
        .filter(end -> end < largest)
        .distinct()
        .toArray();
  }

  /** The smallest rank that {@code k / bins} of all points don't exceed. */
  private static int rank(int k, int bins, int points) {
    return (int) (((long) k * points + bins - 1) / bins);
  }

  private static int upTo(double[] sorted, double end) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= end) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double share(int points, int of) {
    return points == 0 ? EMPTY_SHARE : (double) points / of;
  }

  /**
   * The two-sample Kolmogorov-Smirnov statistic: the largest distance of the two empirical
   * distribution functions.
   *
   * @param a sorted, finite
   * @param b sorted, finite
   */
  static double ks(double[] a, double[] b) {
    long largest = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double value = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= value) {
        i++;
      }
      while (j < b.length && b[j] <= value) {
        j++;
      }
      largest = Math.max(largest, Math.abs((long) i * b.length - (long) j * a.length));
    }
    return (double) largest / ((double) a.length * b.length);
  }

  /**
   * How likely a statistic at least this large is if both samples come from one distribution and
   * their points are independent, asymptotically: Q(d * sqrt(n * m / (n + m))) with Kolmogorov's
   * distribution (N. Smirnov, Annals of Mathematical Statistics 19, 1948). For people: points of a
   * training curve are not independent.
   */
  static double ksProbability(double d, int n, int m) {
    double x = d * StrictMath.sqrt((double) n * m / ((double) n + m));
    return x < 0.5 ? 1 - below(x) : above(x);
  }

  /** Kolmogorov's distribution function by the series that converges for small x. */
  private static double below(double x) {
    if (x < 0.04) {
      return 0;
    }
    double sum = 0;
    for (int k = 1; k <= MAX_TERMS; k++) {
      double odd = 2.0 * k - 1;
      sum += StrictMath.exp(-odd * odd * Math.PI * Math.PI / (8 * x * x));
    }
    return StrictMath.sqrt(2 * Math.PI) / x * sum;
  }

  /** One minus it, by the series that converges for large x. */
  private static double above(double x) {
    double sum = 0;
    for (int k = 1; k <= MAX_TERMS; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * StrictMath.exp(-2.0 * k * k * x * x);
    }
    return Math.clamp(sum, 0, 1);
  }
}
