package dev.assay.ledger.append;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.EntryKeys;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerBusyException;
import dev.assay.ledger.LedgerException;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.entry.EntryBytes;
import dev.assay.model.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;

/** Encodes in its callers' threads, and hands over to the committer's. */
public final class PostgresLedger implements Ledger {
  private final String origin;

  private final LedgerOptions options;
  private final LedgerReader reader;
  private final Semaphore places;
  private final LinkedBlockingQueue<Submission> queue = new LinkedBlockingQueue<>();
  private final Thread committer;
  private final Runnable closeProjection;

  /** Read: queue something; write: close. So nothing is queued behind the end. */
  private final ReadWriteLock closing = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * Starts the committer.
   *
   * @param afterCommit called by the committer after each commit; must be quick
   * @param closeProjection called after the last commit
   */
  public PostgresLedger(
      DataSource dataSource,
      LedgerReader reader,
      LedgerOptions options,
      Runnable afterCommit,
      Runnable closeProjection) {
    this.reader = reader;
    this.origin = reader.head().origin();
    this.options = options;
    this.closeProjection = closeProjection;
    this.places = new Semaphore(options.queueEntries());
    BatchCommit commit = new BatchCommit(dataSource, reader.name());
    this.committer =
        Thread.ofPlatform()
            .daemon()
            .name("ledger-committer-" + reader.name())
            .start(new Committer(queue, commit, options.linger().toNanos(), afterCommit));
  }

  @Override
  public String name() {
    return reader.name();
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public LedgerHead head() {
    return reader.head();
  }

  @Override
  public Receipt append(NewEntry entry) {
    return appendAll(List.of(entry)).getFirst();
  }

  @Override
  public List<Receipt> appendAll(List<NewEntry> entries) {
    return receipts(appendEach(entries));
  }

  /** As {@link #appendAll}, for the ledger's own entries, too. */
  public List<Receipt> appendUnchecked(List<NewEntry> entries) {
    return receipts(outcomes(entries));
  }

  @Override
  public List<AppendOutcome> appendEach(List<NewEntry> entries) {
    for (NewEntry entry : entries) {
      requireNotReserved(entry);
    }
    return outcomes(entries);
  }

  private List<AppendOutcome> outcomes(List<NewEntry> entries) {
    List<Submission> submitted = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += Committer.MAX_ENTRIES) {
      int to = Math.min(entries.size(), from + Committer.MAX_ENTRIES);
      submitted.add(
          submit(
              entries.subList(from, to).stream()
                  .map(entry -> new EntryBytes(name(), entry))
                  .toList()));
    }
    List<AppendOutcome> outcomes = new ArrayList<>(entries.size());
    submitted.forEach(submission -> outcomes.addAll(await(submission)));
    return outcomes;
  }

  private static List<Receipt> receipts(List<AppendOutcome> outcomes) {
    List<Receipt> receipts = new ArrayList<>(outcomes.size());
    for (AppendOutcome outcome : outcomes) {
      switch (outcome) {
        case AppendOutcome.Recorded(Receipt receipt) -> receipts.add(receipt);
        case AppendOutcome.Conflicted(var conflict) -> throw conflict;
      }
    }
    return receipts;
  }

  private static void requireNotReserved(NewEntry entry) {
    EntryKeys.requireCallers(entry.key());
    if (entry.kind().equals(EntryKind.LEDGER_CREATED)
        || entry.kind().equals(EntryKind.APPEND_CONFLICT)) {
      throw new IllegalArgumentException(
          "kind %s is appended by the ledger alone".formatted(entry.kind()));
    }
  }

  private Submission submit(List<EntryBytes> entries) {
    try {
      if (!places.tryAcquire(
          entries.size(), options.queueDeadline().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new LedgerBusyException(
            "ledger %s: %s waited %s for a place among %d; retry later"
                .formatted(
                    name(),
                    Count.of(entries.size(), "entry", "entries"),
                    options.queueDeadline(),
                    options.queueEntries()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerBusyException("interrupted before anything was queued", e);
    }
    Submission submission = Submission.of(entries);
    var _ = submission.done().whenComplete((_, _) -> places.release(entries.size()));
    closing.readLock().lock();
    try {
      if (closed) {
        submission.done().cancel(false);
        throw new IllegalStateException("ledger %s was closed".formatted(name()));
      }
      queue.add(submission);
    } finally {
      closing.readLock().unlock();
    }
    return submission;
  }

  private List<AppendOutcome> await(Submission submission) {
    try {
      return submission.done().get(options.commitDeadline().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LedgerException failure) {
        throw failure;
      }
      throw new LedgerUnavailableException("commit failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new LedgerUnavailableException(
          "ledger %s: no commit within %s; the entries may yet be recorded, retry with the same keys"
              .formatted(name(), options.commitDeadline()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException(
          "interrupted while waiting for the commit; the entries may be recorded, retry with the same keys",
          e);
    }
  }

  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(Submission.STOP);
    } finally {
      closing.writeLock().unlock();
    }
    try {
      committer.join(options.commitDeadline());
      closeProjection.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
