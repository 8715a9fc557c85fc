package dev.assay.worker.trust;

import dev.assay.activities.trust.TrustLog;
import dev.assay.activities.trust.Trusts;
import dev.assay.worker.Stack;
import dev.assay.worker.storage.Storage;
import java.nio.file.Path;
import java.time.Clock;

/** Who is trusted, as a home sees it. */
public final class HomeTrust {
  private HomeTrust() {}

  /** Reads it; see {@link Trusts}. */
  public static Trusts of(Stack stack, String ledger) {
    return of(stack.storage(), stack.home().folder(), ledger);
  }

  /** As {@link #of(Stack, String)}, for whoever wires activities. */
  public static Trusts of(Storage storage, Path home, String ledger) {
    return new Trusts(storage.reader(ledger), storage.registry().documents(), new PinFiles(home));
  }

  /** Changes it. */
  public static TrustLog log(Stack stack, String ledger) {
    Storage storage = stack.storage();
    return new TrustLog(storage.ledger(ledger), storage.registry().documents(), Clock.systemUTC());
  }
}
