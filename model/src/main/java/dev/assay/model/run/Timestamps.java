package dev.assay.model.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Times as the digest form writes them: RFC 3339 in UTC, to the microsecond. */
public final class Timestamps {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** Longest text that {@link #format} gives of any {@code long}, in bytes. */
  static final int MAX_LENGTH = 32;

  private Timestamps() {}

  /** Microseconds since 1970-01-01T00:00:00Z. */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  /** The instant of {@link #micros}. */
  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  /**
   * As {@link Instant#toString}: no fraction, or 3 or 6 digits of it. Years 0000–9999 are laid out
   * by hand, ten times faster, because a run has a time a point.
   */
  public static String format(long micros) {
    byte[] out = new byte[MAX_LENGTH];
    return new String(out, 0, format(micros, out), StandardCharsets.ISO_8859_1);
  }

  /** As {@link #format(long)}, into {@code out}; gives the length. */
  static int format(long micros, byte[] out) {
    long day = Math.floorDiv(micros, MICROS_PER_DAY);
    // 0000-01-01 and 9999-12-31 in days since 1970-01-01
    if (day < -719_528 || day > 2_932_896) {
      byte[] text = instant(micros).toString().getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(text, 0, out, 0, text.length);
      return text.length;
    }
    date(out, day);
    return time(out, Math.floorMod(micros, MICROS_PER_DAY));
  }

  /**
   * Reads {@link #format(long)} back, by hand for the years 0000–9999: a run has a time a point.
   *
   * @throws java.time.DateTimeException if the text is no time in RFC 3339 with {@code Z}
   */
  public static long parse(String text) {
    int length = text.length();
    boolean usual =
        (length == 20 || length == 24 || length == 27)
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && (length == 20 || text.charAt(19) == '.')
            && text.charAt(length - 1) == 'Z';
    int year = usual ? number(text, 0, 4) : -1;
    int month = usual ? number(text, 5, 7) : -1;
    int day = usual ? number(text, 8, 10) : -1;
    int hour = usual ? number(text, 11, 13) : -1;
    int minute = usual ? number(text, 14, 16) : -1;
    int second = usual ? number(text, 17, 19) : -1;
    int fraction = length > 20 && usual ? number(text, 20, length - 1) : 0;
    // A day that every month has; the others, and what is wrong, are left to the JDK.
    if (Math.min(Math.min(year, month), Math.min(hour, minute)) < 0
        || Math.min(second, fraction) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > 28
        || hour > 23
        || minute > 59
        || second > 59) {
      return micros(Instant.parse(text));
    }
    long seconds = epochDay(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
    return seconds * 1_000_000 + (length == 24 ? fraction * 1000L : fraction);
  }

  /** The number that the digits from {@code from} to before {@code to} make; -1 for others. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** Civil date to days: the inverse of {@link #date}, of the same source. */
  private static long epochDay(int year, int month, int day) {
    int marchYear = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(marchYear, 400);
    int yearOfEra = Math.floorMod(marchYear, 400);
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** Days to civil date: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
  private static void date(byte[] out, long day) {
    long shifted = day + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    int dayOfEra = (int) Math.floorMod(shifted, 146_097L);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    digits(out, 0, 4, year);
    out[4] = '-';
    digits(out, 5, 2, month);
    out[7] = '-';
    digits(out, 8, 2, dayOfYear - (153 * marchMonth + 2) / 5 + 1);
    out[10] = 'T';
  }

  /** Writes the time of day; returns the length of the whole text. */
  private static int time(byte[] out, long microsOfDay) {
    int seconds = (int) (microsOfDay / 1_000_000);
    int fraction = (int) (microsOfDay % 1_000_000);
    digits(out, 11, 2, seconds / 3600);
    out[13] = ':';
    digits(out, 14, 2, seconds / 60 % 60);
    out[16] = ':';
    digits(out, 17, 2, seconds % 60);
    int at = 19;
    if (fraction != 0) {
      out[at] = '.';
      boolean millis = fraction % 1000 == 0;
      digits(out, at + 1, millis ? 3 : 6, millis ? fraction / 1000 : fraction);
      at += millis ? 4 : 7;
    }
    out[at] = 'Z';
    return at + 1;
  }

  private static void digits(byte[] out, int from, int count, int value) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
