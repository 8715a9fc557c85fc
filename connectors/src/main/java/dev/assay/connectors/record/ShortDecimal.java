package dev.assay.connectors.record;

/** Decimal fractions whose digits fit into a long, as doubles: without a search for the nearest. */
final class ShortDecimal {
  /**
   * Up to 15 digits and 22 places, mantissa and power are exact, and so their quotient is right.
   */
  private static final int EXACT_DIGITS = 15;

  /** Up to this many digits the mantissa is exact as a long. */
  static final int MOST_DIGITS = 18;

  private static final double[] POWERS_OF_TEN = powersOfTen();

  private ShortDecimal() {}

  /**
   * The double nearest to {@code mantissa / 10^places}, or NaN if it can't be told here.
   *
   * @param digits that the mantissa was written with, at most {@link #MOST_DIGITS}
   * @param places at most as many
   */
  static double nearest(long mantissa, int digits, int places) {
    double power = POWERS_OF_TEN[places];
    return digits <= EXACT_DIGITS ? mantissa / power : longQuotient(mantissa, power);
  }

  /**
   * The double nearest to {@code mantissa / power}, or NaN if that is too near the middle between
   * two doubles to tell. The quotient of the rounded mantissa is off by less than two units in the
   * last place; what it leaves is known to 53 bits, and so is the sum of both, unrounded: {@code
   * nearest + off}.
   */
  private static double longQuotient(long mantissa, double power) {
    double rounded = mantissa;
    double quotient = rounded / power;
    double left = Math.fma(-quotient, power, rounded) + (mantissa - (long) rounded);
    double correction = left / power;
    double nearest = quotient + correction;
    double off = correction - (nearest - quotient);
    double gap = nearest - Math.nextDown(nearest);
    return Math.abs(off) < 0.49 * gap ? nearest : Double.NaN;
  }

  private static double[] powersOfTen() {
    double[] powers = new double[MOST_DIGITS + 1];
    double power = 1;
    for (int i = 0; i < powers.length; i++) {
      powers[i] = power;
      power *= 10;
    }
    return powers;
  }
}
