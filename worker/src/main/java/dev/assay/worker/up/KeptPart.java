package dev.assay.worker.up;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a part again when it died: at first after 0.2 s, then twice as long each time, 10 s at
 * most; a part that stayed alive for a minute is forgiven. Used by one thread.
 */
final class KeptPart {
  private static final Logger LOG = LoggerFactory.getLogger(KeptPart.class);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration FORGIVEN = Duration.ofMinutes(1);

  private final Part part;
  private final LongSupplier nanos;
  private final Consumer<String> told;

  /** How long to wait before the next start. */
  private Duration pause = FIRST;

  private boolean down;

  /** When it was found dead, or when it was started last. */
  private long since;

  /**
   * @param nanos a clock that never goes back, in ns
   * @param told what happened, a sentence each
   */
  KeptPart(Part part, LongSupplier nanos, Consumer<String> told) {
    this.part = part;
    this.nanos = nanos;
    this.told = told;
    this.since = nanos.getAsLong();
  }

  /** Looks, several times a second; starts what is due. */
  void look() {
    Duration age = Duration.ofNanos(nanos.getAsLong() - since);
    if (!down && !part.alive()) {
      down = true;
      since = nanos.getAsLong();
      pause = age.compareTo(FORGIVEN) > 0 ? FIRST : pause;
      told.accept("%s ended; starting it again (%s)".formatted(part.name(), part.log()));
    } else if (down && age.compareTo(pause) >= 0) {
      restart();
    }
  }

  private void restart() {
    pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    try {
      part.start();
      down = false;
      told.accept("%s works again".formatted(part.name()));
    } catch (RuntimeException e) {
      LOG.warn("{} didn't start", part.name(), e);
      told.accept("%s didn't start: %s".formatted(part.name(), e.getMessage()));
    }
    since = nanos.getAsLong();
  }
}
