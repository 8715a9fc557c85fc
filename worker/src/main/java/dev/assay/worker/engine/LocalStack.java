package dev.assay.worker.engine;

import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.worker.home.AssayHome;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Everything one home needs to run without servers of its own: an engine and a database, started
 * side by side.
 */
public final class LocalStack implements AutoCloseable {
  private final Engine engine;
  private final EmbeddedPostgres postgres;

  private LocalStack(Engine engine, EmbeddedPostgres postgres) {
    this.engine = engine;
    this.postgres = postgres;
  }

  /**
   * Returns when both accept work; if one fails, the other is stopped.
   *
   * @throws EngineException or {@link dev.assay.postgres.PostgresException}, whichever failed
   */
  public static LocalStack start(AssayHome home, EngineSettings settings) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<EmbeddedPostgres> database =
          threads.submit(() -> EmbeddedPostgres.open(home.postgresSettings()));
      Engine engine;
      try {
        engine = Engines.start(settings);
      } catch (RuntimeException e) {
        closeWhenStarted(database);
        throw e;
      }
      try {
        return new LocalStack(engine, database.get());
      } catch (ExecutionException e) {
        engine.close();
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new CompletionException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        engine.close();
        closeWhenStarted(database);
        throw new EngineException("interrupted while the database started", e);
      }
    }
  }

  private static void closeWhenStarted(Future<EmbeddedPostgres> database) {
    try {
      database.get().close();
    } catch (ExecutionException _) {
      // it failed, too: the other failure is reported, and there is nothing to stop
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  public Engine engine() {
    return engine;
  }

  public EmbeddedPostgres postgres() {
    return postgres;
  }

  /** Stops the engine, then gives back the database. Close the workers before. */
  @Override
  public void close() {
    try (postgres) {
      engine.close();
    }
  }
}
