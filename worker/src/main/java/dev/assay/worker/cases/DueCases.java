package dev.assay.worker.cases;

import dev.assay.registry.Cases;
import dev.assay.worker.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where no engine outlives commands: what time brought to cases since the last one happens at the
 * beginning of the next, in order.
 */
public final class DueCases {
  /** Cases that one command sees to. */
  private static final int MAX = 200;

  /** What isn't done by then is the next command's. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_MILLIS = 20;

  private DueCases() {}

  /**
   * Starts the workflows of cases that are due, and waits until they aren't.
   *
   * @return how many were
   */
  public static int settle(Engine engine, Cases cases, String ledger) throws InterruptedException {
    Instant begun = Instant.now();
    List<String> due = cases.due(ledger, begun, MAX);
    if (due.isEmpty()) {
      return 0;
    }
    new CaseClient(engine, ledger).start(due);
    while (!cases.due(ledger, begun, 1).isEmpty() && Instant.now().isBefore(begun.plus(PATIENCE))) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return due.size();
  }
}
