package dev.assay.worker;

import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.worker.engine.EngineSettings;
import dev.assay.worker.engine.HistoryKeeper;
import dev.assay.worker.engine.LocalStack;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.home.HomeHolder;
import dev.assay.worker.home.HomeLock;
import dev.assay.worker.home.HomeLog;
import dev.assay.worker.storage.Storage;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.validation.ValidationAttributes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command works with in one home: the lock, the database with its stores and, if it runs
 * workflows, an engine with a worker. Opened in this order, closed in the reverse one.
 */
public final class Stack implements AutoCloseable {
  /** A long validation may hold the home for as long as it takes; a day is no accident. */
  private static final Duration LOCK_PATIENCE = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

  private final AssayHome home;
  private final Storage storage;
  private final Optional<EngineHost> engine;
  private final Closing closing;

  private Stack(AssayHome home, Storage storage, Optional<EngineHost> engine, Closing closing) {
    this.home = home;
    this.storage = storage;
    this.engine = engine;
    this.closing = closing;
  }

  /**
   * Opens the stores alone.
   *
   * @param folder the home; made if it isn't there
   * @param command what waiting processes are told about this one
   * @param waiting told if another process holds the home
   */
  public static Stack openStores(
      Path folder, String command, Consumer<Optional<HomeHolder>> waiting) {
    Closing closing = new Closing();
    try {
      AssayHome home = enter(folder, command, waiting, closing);
      EmbeddedPostgres server = closing.add(EmbeddedPostgres.open(home.postgresSettings()));
      return new Stack(home, closing.add(Storage.open(home, server)), Optional.empty(), closing);
    } catch (RuntimeException e) {
      closing.closeAfter(e);
      throw e;
    }
  }

  /** As {@link #openStores}, with the embedded engine and a worker on it. */
  public static Stack openWithEngine(
      Path folder, String command, Consumer<Optional<HomeHolder>> waiting) {
    Closing closing = new Closing();
    try {
      AssayHome home = enter(folder, command, waiting, closing);
      long begun = System.nanoTime();
      LocalStack local =
          closing.add(
              LocalStack.start(
                  home,
                  new EngineSettings.Embedded(
                      List.of(ValidationAttributes.POLICY, ValidationAttributes.VERDICT))));
      Storage storage = closing.add(Storage.open(home, local.postgres()));
      EngineHost engine =
          closing.add(EngineHost.start(local.engine(), storage, Set.copyOf(TaskQueues.BUILT_IN)));
      LOG.info(
          "{}: engine and database started in {} ms",
          command,
          (System.nanoTime() - begun) / 1_000_000);
      return new Stack(home, storage, Optional.of(engine), closing);
    } catch (RuntimeException e) {
      closing.closeAfter(e);
      throw e;
    }
  }

  private static AssayHome enter(
      Path folder, String command, Consumer<Optional<HomeHolder>> waiting, Closing closing) {
    AssayHome home = AssayHome.open(folder);
    closing.add(HomeLock.acquire(home, command, LOCK_PATIENCE, waiting));
    HomeLog.writeTo(home);
    return home;
  }

  /** The home folder. */
  public AssayHome home() {
    return home;
  }

  /** The stores. */
  public Storage storage() {
    return storage;
  }

  /**
   * The engine with its worker.
   *
   * @throws IllegalStateException if this stack was opened without one
   */
  public EngineHost engine() {
    return engine.orElseThrow(() -> new IllegalStateException("opened without an engine"));
  }

  /** Histories of this home's finished workflows. */
  public HistoryKeeper histories() {
    return new HistoryKeeper(home.histories());
  }

  @Override
  public void close() {
    closing.close();
  }
}
