package dev.assay.cli.stack;

import dev.assay.cli.base.Session;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.registry.RegistryUnavailableException;
import dev.assay.worker.Stack;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Does work again that a dead database stopped, where others bring it back: {@code assay up}, or
 * whoever keeps an external one. A home's own database doesn't come back alone, so there it is
 * tried once.
 */
public final class Again {
  /** {@code up} needs a second, a failover half a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final long PAUSE_MILLIS = 250;

  private final Session session;
  private final Duration patience;

  private Again(Session session, Duration patience) {
    this.session = session;
    this.patience = patience;
  }

  /** As fits a stack. */
  public static Again on(Session session, Stack stack) {
    boolean kept =
        stack.chosen().workersElsewhere() || stack.databaseMode().equals(Stack.EXTERNAL_DATABASE);
    return new Again(session, kept ? PATIENCE : Duration.ZERO);
  }

  /**
   * The work's result.
   *
   * @param what for people: {@code reading the result}
   * @param work safe to repeat from its beginning
   */
  public <T> T until(String what, Supplier<T> work) throws InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (true) {
      try {
        return work.get();
      } catch (RegistryUnavailableException | LedgerUnavailableException e) {
        if (System.nanoTime() - giveUp >= 0) {
          throw e;
        }
        if (!told) {
          session.output().hint("the database went away while %s; trying again".formatted(what));
          told = true;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
