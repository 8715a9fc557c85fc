package dev.assay.ledger.query;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the projection just behind the entries and tells followers, in a thread of its own; both at
 * most every 100 ms.
 */
public final class Projector implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

  /** Rest between two rounds: under load one round takes many commits' entries. */
  private static final Duration REST = Duration.ofMillis(100);

  /** Rest after a failure of the database. */
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);

  /** Longest wait for the last round at the end; the next process that opens catches up. */
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final Projection projection;
  private final String ledger;

  /** Wake-up calls; one is as good as many. */
  private final Semaphore calls = new Semaphore(1);

  private final CountDownLatch stopping = new CountDownLatch(1);

  private final Thread thread;

  /** Starts, and catches up with what is there. */
  public Projector(DataSource dataSource, String ledger) {
    this.projection = new Projection(dataSource, ledger);
    this.ledger = ledger;
    this.thread = Thread.ofPlatform().daemon().name("ledger-projector-" + ledger).unstarted(this);
  }

  /** Starts the thread. */
  public Projector start() {
    thread.start();
    return this;
  }

  /** Something was committed. Doesn't wait. */
  public void wake() {
    if (calls.availablePermits() == 0) {
      calls.release();
    }
  }

  @Override
  public void run() {
    try {
      calls.acquire();
      while (stopping.getCount() > 0) {
        Duration rest = round();
        // Woken early by the end alone; what is committed meanwhile waits for the next round.
        if (!stopping.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
          calls.acquire();
        }
      }
      // After the end was asked for, however late this thread got its first turn.
      round();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration round() {
    try {
      projection.ringAndCatchUp();
      return REST;
    } catch (SQLException e) {
      LOG.warn(
          "projection of ledger {}: {}; lookups read the entries themselves until it is made up for",
          ledger,
          e.getMessage());
      return REST_AFTER_FAILURE;
    }
  }

  /** Projects what was committed so far, and stops. */
  @Override
  public void close() {
    stopping.countDown();
    calls.release();
    try {
      thread.join(CLOSE_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
