package dev.assay.cli.base;

import java.time.Duration;
import java.util.Locale;

/** How far a piece of work is, in one line of ASCII. */
record ProgressLine(String what, String unit, long done, long total, Duration elapsed) {
  private static final int WIDTH = 24;

  /** For a terminal: {@code validate [######------] 1,200/2,400 runs 400/s 0:03 left}. */
  String bar() {
    if (total <= 0) {
      return text();
    }
    int filled = (int) (WIDTH * Math.min(done, total) / total);
    return "%s [%s%s] %s".formatted(what, "#".repeat(filled), "-".repeat(WIDTH - filled), counts());
  }

  /** For a log: {@code validate: 1,200/2,400 runs 400/s 0:03 left}. */
  String text() {
    return "%s: %s".formatted(what, counts());
  }

  private String counts() {
    String ofTotal = total > 0 ? "/" + grouped(total) : "";
    return grouped(done) + ofTotal + " " + unit + rate() + left();
  }

  private String rate() {
    double perSecond = perSecond();
    if (perSecond <= 0) {
      return "";
    }
    return perSecond >= 10
        ? " %s/s".formatted(grouped(Math.round(perSecond)))
        : String.format(Locale.ROOT, " %.1f/s", perSecond);
  }

  private String left() {
    double perSecond = perSecond();
    if (perSecond <= 0 || total <= 0 || done >= total) {
      return "";
    }
    return " %s left".formatted(clock((long) Math.ceil((total - done) / perSecond)));
  }

  private double perSecond() {
    return elapsed.isPositive() ? done / (elapsed.toNanos() / 1e9) : 0;
  }

  private static String clock(long seconds) {
    return seconds >= 3600
        ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
        : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
