package dev.assay.cli.base;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A progress with a thread of its own that looks at the counts and shows them. */
final class ShownProgress implements Progress {
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration BETWEEN_BARS = Duration.ofMillis(200);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final String what;
  private final String unit;
  private final PrintStream err;
  private final boolean bar;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong total = new AtomicLong();
  private final long startedNanos = System.nanoTime();
  private final Thread shower;

  ShownProgress(String what, String unit, Terminal terminal) {
    this.what = Cell.harmless(what);
    this.unit = unit;
    this.err = terminal.err();
    this.bar = terminal.errTerminal();
    this.shower = Thread.ofPlatform().daemon().name("progress").start(this::show);
  }

  @Override
  public void total(long total) {
    this.total.set(total);
  }

  @Override
  public void done(long done) {
    this.done.set(done);
  }

  @Override
  public void close() {
    shower.interrupt();
    try {
      shower.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the caller's own wait ends the same way
    }
  }

  private void show() {
    boolean drawn = false;
    try {
      Thread.sleep(bar ? QUIET : BETWEEN_LINES);
      while (true) {
        ProgressLine line =
            new ProgressLine(
                what,
                unit,
                done.get(),
                total.get(),
                Duration.ofNanos(System.nanoTime() - startedNanos));
        err.append(bar ? Terminal.CLEAR_LINE + line.bar() : line.text() + "\n").flush();
        drawn = bar;
        Thread.sleep(bar ? BETWEEN_BARS : BETWEEN_LINES);
      }
    } catch (InterruptedException _) {
      // closed
    }
    if (drawn) {
      err.append(Terminal.CLEAR_LINE).flush();
    }
  }
}
