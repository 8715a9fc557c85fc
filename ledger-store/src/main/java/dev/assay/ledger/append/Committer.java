package dev.assay.ledger.append;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.LedgerException;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.entry.EntryBytes;
import dev.assay.model.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes what was queued while the previous commit ran, commits it, and tells the callers. Survives
 * every failure of the database: its callers hear of it, and the next batch starts anew.
 */
final class Committer implements Runnable {
  /** Most entries a commit. */
  static final int MAX_ENTRIES = 1_000;

  private final BlockingQueue<Submission> queue;
  private final BatchCommit commit;
  private final long lingerNanos;
  private final Runnable afterCommit;

  /** Taken from the queue, but too long for the batch that was being made. */
  private @Nullable Submission carried;

  /** Callers in the previous batch: that many may come again at once. */
  private int previousCallers;

  Committer(
      BlockingQueue<Submission> queue, BatchCommit commit, long lingerNanos, Runnable afterCommit) {
    this.queue = queue;
    this.commit = commit;
    this.lingerNanos = lingerNanos;
    this.afterCommit = afterCommit;
  }

  @Override
  public void run() {
    boolean stopped = false;
    while (!stopped) {
      List<Submission> batch = new ArrayList<>();
      stopped = !collect(batch);
      if (!batch.isEmpty()) {
        previousCallers = batch.size();
        commit(batch);
      }
    }
  }

  /** Fills a batch; false once the ledger was closed. */
  private boolean collect(List<Submission> batch) {
    try {
      Submission next = carried != null ? carried : queue.take();
      carried = null;
      long deadline = System.nanoTime() + lingerNanos;
      int entries = 0;
      while (next != null) {
        if (next.isStop()) {
          return false;
        }
        if (entries + next.entries().size() > MAX_ENTRIES) {
          carried = next;
          return true;
        }
        batch.add(next);
        entries += next.entries().size();
        next = queue.poll();
        if (next == null && batch.size() < previousCallers) {
          next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false; // nobody but the virtual machine's end interrupts this thread
    }
  }

  // A caller must hear of every end, an OutOfMemoryError's too, or it waits for its deadline.
  private void commit(List<Submission> batch) {
    List<EntryBytes> entries = new ArrayList<>();
    batch.forEach(submission -> entries.addAll(submission.entries()));
    List<AppendOutcome> outcomes;
    try {
      outcomes = commit.commit(entries);
    } catch (LedgerException e) {
      batch.forEach(submission -> submission.done().completeExceptionally(e));
      return;
    } catch (Exception | Error e) {
      LedgerUnavailableException failure =
          new LedgerUnavailableException(
              "commit of %s failed: %s. Each is on record once or not at all; retry with the same keys"
                  .formatted(Count.of(entries.size(), "entry", "entries"), e.getMessage()),
              e);
      batch.forEach(submission -> submission.done().completeExceptionally(failure));
      return;
    }
    int from = 0;
    for (Submission submission : batch) {
      int to = from + submission.entries().size();
      submission.done().complete(outcomes.subList(from, to));
      from = to;
    }
    afterCommit.run();
  }
}
