package dev.assay.ledger.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Scans ranges over several connections at once, and hands them out in order. */
final class RangeReader implements AutoCloseable {
  /** What a range came to: a result, or why it is unread. */
  sealed interface Scanned {
    record Read(RangeResult result) implements Scanned {}

    record Unread(UnreadRange range) implements Scanned {}
  }

  private record Pending(long from, long to, Future<RangeResult> scan) {}

  private final Snapshot snapshot;
  private final long end;
  private final long[] wanted;
  private final long keySeed;
  private final int ahead;
  private final ExecutorService threads;
  private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private long next;

  /**
   * @param start where to begin, a multiple of 256
   * @param end where to end
   * @param wanted sizes at which the state of the tree is wanted, ascending
   */
  RangeReader(
      Snapshot snapshot, long start, long end, long[] wanted, long keySeed, int connections) {
    this.snapshot = snapshot;
    this.next = start;
    this.end = end;
    this.wanted = wanted;
    this.keySeed = keySeed;
    this.ahead = 2 * connections;
    this.threads =
        Executors.newFixedThreadPool(
            connections, Thread.ofPlatform().daemon().name("ledger-verify-", 0).factory());
  }

  boolean hasNext() {
    return next < end || !pending.isEmpty();
  }

  /** The next range; at most twice as many ranges as connections are in memory. */
  Scanned next() {
    while (next < end && pending.size() < ahead) {
      long from = next;
      long to = Math.min(end, (from / RangeScan.ENTRIES + 1) * RangeScan.ENTRIES);
      pending.add(new Pending(from, to, threads.submit(() -> scan(from, to))));
      next = to;
    }
    Pending first = pending.remove();
    try {
      return new Scanned.Read(first.scan().get());
    } catch (ExecutionException e) {
      return unread(first, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unread(first, "interrupted");
    }
  }

  private static Scanned unread(Pending range, String why) {
    return new Scanned.Unread(new UnreadRange(range.from(), range.to() - 1, why));
  }

  private RangeResult scan(long from, long to) throws SQLException {
    Connection pooled = idle.poll();
    Connection connection = pooled != null ? pooled : snapshot.join();
    boolean usable = false;
    try {
      RangeResult result = new RangeScan(snapshot, connection, from, to, wanted, keySeed).scan();
      usable = true;
      return result;
    } finally {
      if (usable) {
        idle.add(connection);
      } else {
        connection.close();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    threads.close();
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.rollback();
      connection.close();
    }
  }
}
