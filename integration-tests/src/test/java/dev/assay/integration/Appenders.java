package dev.assay.integration;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that append to a ledger all the time, as others would, and keep every receipt they are
 * given; what isn't acknowledged is appended again under its key until it is.
 */
final class Appenders implements AutoCloseable {
  /** So that nearly always one append is in flight, and the machine can do other work, too. */
  private static final int THREADS = 2;

  private static final long AFTER_FAILURE_MILLIS = 50;

  private final Ledger ledger;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong next = new AtomicLong();
  private final Map<String, Receipt> receipts = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();

  private Appenders(Ledger ledger) {
    this.ledger = ledger;
  }

  static Appenders start(Home home, String ledger) {
    Appenders appenders = new Appenders(home.stack().storage().ledger(ledger));
    for (int i = 0; i < THREADS; i++) {
      appenders.threads.add(Thread.ofVirtual().start(appenders::work));
    }
    return appenders;
  }

  /** Appends that were handed over, and are not acknowledged at the moment. */
  int pending() {
    return pending.get();
  }

  /** Every receipt so far, by key. */
  Map<String, Receipt> receipts() {
    return Map.copyOf(receipts);
  }

  private void work() {
    try {
      while (!stopping.get()) {
        append("external/%d".formatted(next.incrementAndGet()));
      }
    } catch (InterruptedException _) {
      // closing
    }
  }

  private void append(String key) throws InterruptedException {
    NewEntry entry =
        new NewEntry(
            key,
            "external.noise",
            "test/appender",
            "noise",
            "OK",
            Instant.EPOCH,
            new Correlation("", "", ""),
            JsonObject.EMPTY.with("key", key));
    pending.incrementAndGet();
    try {
      while (!stopping.get()) {
        try {
          receipts.put(key, ledger.append(entry));
          return;
        } catch (RuntimeException _) {
          Thread.sleep(AFTER_FAILURE_MILLIS); // the database is gone; it comes back
        }
      }
    } finally {
      pending.decrementAndGet();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
