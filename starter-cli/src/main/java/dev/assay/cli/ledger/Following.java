package dev.assay.cli.ledger;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Again;
import dev.assay.ledger.LedgerFollower;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.worker.Stack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows what is appended, until Ctrl-C, or until nobody reads any more. */
final class Following {
  /** How long one wait for entries is; a bound for one call, nothing is asked at its end. */
  private static final Duration WAIT = Duration.ofHours(1);

  private final Session session;
  private final Stack stack;
  private final Entries entries;
  private final AtomicBoolean interrupted = new AtomicBoolean();

  Following(Session session, Stack stack, Entries entries) {
    this.session = session;
    this.stack = stack;
    this.entries = entries;
  }

  /** From behind the filter's index. */
  ExitCode from(LogFilter filter) throws InterruptedException {
    session.atInterrupt(() -> interrupted.set(true));
    boolean read = session.output().flushed();
    try (LedgerFollower follower = stack.storage().follow(session.settings().ledger(), filter)) {
      while (read && entries.wanted()) {
        read = entries.showNow(next(follower));
      }
      return ExitCode.YES;
    } catch (CancellationException _) {
      return ExitCode.INTERRUPTED;
    }
  }

  private List<StoredEntry> next(LedgerFollower follower) throws InterruptedException {
    return Again.on(session, stack)
        .until(
            "following the ledger",
            () -> {
              try {
                return follower.next(WAIT);
              } catch (LedgerUnavailableException e) {
                if (interrupted.get()) { // Ctrl-C has closed the database under it
                  throw new CancellationException();
                }
                throw e;
              }
            });
  }
}
