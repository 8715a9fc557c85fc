package dev.assay.model.json;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Doubles as text in the form of ECMAScript's Number::toString, which RFC 8785 section 3.2.2.3
 * prescribes: the shortest digits that read back as the same double.
 */
public final class JsonNumbers {
  /** As many significant digits as tell every double from its neighbours. */
  private static final int DOUBLE_DIGITS = 17;

  private JsonNumbers() {}

  /**
   * Whether a number is still the same after it was read as a double: an integer to its last digit;
   * a fraction if it has no more digits than a double needs, or all the double's own.
   *
   * @param written JSON's number
   * @param read the double that it was read as
   */
  static boolean isKept(String written, double read) {
    if (read == 0) {
      return written.chars().takeWhile(c -> c != 'e' && c != 'E').noneMatch(c -> c > '0');
    }
    BigDecimal exact = new BigDecimal(written).stripTrailingZeros();
    boolean fraction = exact.scale() > 0;
    return (fraction && exact.precision() <= DOUBLE_DIGITS)
        || exact.compareTo(new BigDecimal(format(read))) == 0;
  }

  /**
   * The canonical text.
   *
   * @throws IllegalArgumentException for NaN and infinities
   */
  public static String format(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no " + value + "; write it as a string");
    }
    if (value == 0) {
      return "0";
    }
    if (value == Math.rint(value) && Math.abs(value) <= JsonValue.MAX_SAFE_INTEGER) {
      return Long.toString((long) value);
    }
    return (value < 0 ? "-" : "") + layOut(shortest(Math.abs(value)));
  }

  /** Significant digits and the decimal point's place: value = 0.DIGITS × 10^point. */
  private record Decimal(String digits, int point) {}

  /**
   * JDK 19+ prints the shortest digits, but never fewer than two (4.9E-324, not 5E-324). Of two
   * single digits that read back as the value, RFC 8785 takes the nearer.
   */
  private static Decimal shortest(double value) {
    Decimal decimal = parse(Double.toString(value));
    if (decimal.digits().length() != 2) {
      return decimal;
    }
    int tens = decimal.digits().charAt(0) - '0';
    return IntStream.rangeClosed(tens, tens + 1)
        .mapToObj(digit -> digit + "E" + (decimal.point() - 1))
        .filter(text -> Double.parseDouble(text) == value)
        .min(
            Comparator.comparing(
                text -> new BigDecimal(text).subtract(new BigDecimal(value)).abs()))
        .map(JsonNumbers::parse)
        .orElse(decimal);
  }

  private static Decimal parse(String text) {
    int e = text.indexOf('E');
    String mantissa = e < 0 ? text : text.substring(0, e);
    int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
    int dot = mantissa.indexOf('.');
    String whole = dot < 0 ? mantissa : mantissa.substring(0, dot);
    String digits = whole + (dot < 0 ? "" : mantissa.substring(dot + 1));
    int leading = 0;
    while (leading < digits.length() - 1 && digits.charAt(leading) == '0') {
      leading++;
    }
    int end = digits.length();
    while (end > leading + 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return new Decimal(digits.substring(leading, end), whole.length() - leading + exponent);
  }

  private static String layOut(Decimal decimal) {
    String digits = decimal.digits();
    int point = decimal.point();
    int length = digits.length();
    if (length <= point && point <= 21) {
      return digits + "0".repeat(point - length);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    String suffix = "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    return length == 1 ? digits + suffix : digits.charAt(0) + "." + digits.substring(1) + suffix;
  }
}
