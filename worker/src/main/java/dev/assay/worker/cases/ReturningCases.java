package dev.assay.worker.cases;

import dev.assay.registry.Cases;
import dev.assay.worker.engine.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cases of the record whose engine was lost: a worker that starts has each ledger's keeper look,
 * and on an engine that has never seen them it starts all of them.
 */
public final class ReturningCases {
  private static final Logger LOG = LoggerFactory.getLogger(ReturningCases.class);

  private ReturningCases() {}

  /** Beside what the worker does; if it fails, the next validation that holds runs does it. */
  public static void keep(Engine engine, Cases cases) {
    if (engine.capabilities().durable()) {
      Thread.ofVirtual().name("returning cases").start(() -> look(engine, cases));
    }
  }

  private static void look(Engine engine, Cases cases) {
    try {
      EngineCases workflows = new EngineCases(engine);
      cases.ledgers().forEach(workflows::opened);
    } catch (RuntimeException e) {
      LOG.warn("the keepers of cases were not told to look", e);
    }
  }
}
