package dev.assay.worker;

import com.uber.m3.tally.Scope;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.HistoryKeeper;
import dev.assay.worker.engine.WorkerSettings;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.home.HomeHolder;
import dev.assay.worker.home.HomeLock;
import dev.assay.worker.home.HomeLog;
import dev.assay.worker.storage.DatabaseSettings;
import dev.assay.worker.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command works with in one home: the lock where it must be alone, the database with its
 * stores and, if it runs workflows, an engine, with a worker unless others take the tasks. Opened
 * in this order, closed in the reverse one.
 */
public final class Stack implements AutoCloseable {
  /** A long validation may hold the home for as long as it takes; a day is no accident. */
  private static final Duration LOCK_PATIENCE = Duration.ofHours(24);

  /** What {@link #databaseMode} says of a database that somebody else keeps. */
  public static final String EXTERNAL_DATABASE = "external";

  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

  private final AssayHome home;
  private final StackSettings settings;
  private final Storage storage;
  private final Closing closing;
  private Optional<EngineHost> engine; // guarded by this

  private Stack(
      AssayHome home,
      StackSettings settings,
      Storage storage,
      Optional<EngineHost> engine,
      Closing closing) {
    this.home = home;
    this.settings = settings;
    this.storage = storage;
    this.engine = engine;
    this.closing = closing;
  }

  /** {@link #openStores(StackSettings)} of an embedded home. */
  public static Stack openStores(
      Path folder, String command, Consumer<Optional<HomeHolder>> waiting) {
    return openStores(StackSettings.embedded(folder, command, waiting));
  }

  /** {@link #openWithEngine(StackSettings)} of an embedded home. */
  public static Stack openWithEngine(
      Path folder, String command, Consumer<Optional<HomeHolder>> waiting) {
    return openWithEngine(StackSettings.embedded(folder, command, waiting));
  }

  /** Opens the stores alone. */
  public static Stack openStores(StackSettings settings) {
    return open(
        settings,
        (home, closing) -> {
          HomeLog.writeTo(home);
          Storage storage = closing.add(Database.open(home, settings.database())).storage();
          return new Stack(home, settings, storage, Optional.empty(), closing);
        });
  }

  /** As {@link #openStores(StackSettings)}, for a command that only reads. */
  public static Stack openToRead(StackSettings settings) {
    return open(
        settings,
        (home, closing) -> {
          HomeLog.writeTo(home);
          Storage storage = closing.add(Database.openToRead(home, settings.database())).storage();
          return new Stack(home, settings, storage, Optional.empty(), closing);
        });
  }

  /**
   * As {@link #openToRead}, for a command that stays and looks on: it leaves the home to others,
   * and only shares their database server. A home without a database is made ready under the lock.
   */
  public static Stack openToWatch(StackSettings settings) {
    if (!Files.exists(settings.home().resolve("pg").resolve("writer-password"))) {
      openToRead(settings).close();
    }
    Closing closing = new Closing();
    try {
      AssayHome home = AssayHome.open(settings.home());
      HomeLog.writeTo(home);
      Storage storage = closing.add(Database.openToRead(home, settings.database())).storage();
      return new Stack(home, settings, storage, Optional.empty(), closing);
    } catch (RuntimeException e) {
      closing.closeAfter(e);
      throw e;
    }
  }

  /** As {@link #openStores}, with an engine, and with a worker unless others take the tasks. */
  public static Stack openWithEngine(StackSettings settings) {
    long begun = System.nanoTime();
    return open(
        settings,
        (home, closing) -> {
          HomeLog.writeTo(home);
          SideBySide<Engine, Database> both =
              SideBySide.open(
                  () -> EngineOpening.open(home, settings.engine()),
                  () -> Database.open(home, settings.database()));
          Storage storage = closing.add(both.second()).storage();
          closing.add(both.first());
          EngineHost engine =
              closing.add(
                  settings.engine().workersElsewhere()
                      ? EngineHost.clientOf(both.first())
                      : EngineHost.start(new ServedQueues(both.first(), home, storage, settings)));
          LOG.info(
              "{}: engine and database started in {} ms",
              settings.command(),
              (System.nanoTime() - begun) / 1_000_000);
          return new Stack(home, settings, storage, Optional.of(engine), closing);
        });
  }

  /**
   * For a process whose only work is to take tasks of a service that others share. Where it logs to
   * is its own affair.
   *
   * @param queues what it takes
   * @param metrics where the SDK reports what it counts
   */
  public static Stack openForWork(
      StackSettings settings, List<WorkerSettings> queues, Scope metrics) {
    return open(
        settings,
        (home, closing) -> {
          SideBySide<Engine, Database> both =
              SideBySide.open(
                  () -> EngineOpening.openCounted(settings.engine(), metrics),
                  () -> Database.open(home, settings.database()));
          Storage storage = closing.add(both.second()).storage();
          Engine engine = closing.add(both.first());
          EngineHost host =
              closing.add(
                  EngineHost.start(new ServedQueues(engine, home, storage, settings), queues));
          return new Stack(home, settings, storage, Optional.of(host), closing);
        });
  }

  private static Stack open(StackSettings settings, Opening opening) {
    Closing closing = new Closing();
    try {
      AssayHome home = AssayHome.open(settings.home());
      if (!settings.engine().workersElsewhere()) {
        closing.add(HomeLock.acquire(home, settings.command(), LOCK_PATIENCE, settings.waiting()));
      }
      return opening.open(home, closing);
    } catch (RuntimeException e) {
      closing.closeAfter(e);
      throw e;
    }
  }

  /** The home folder. */
  public AssayHome home() {
    return home;
  }

  /** Which engine this is. */
  public ChosenEngine chosen() {
    return settings.engine();
  }

  /** Whether programs that policies name are run by this process, or may be by others. */
  public boolean runsPrograms() {
    return settings.programs().isPresent() || chosen().workersElsewhere();
  }

  /** {@code embedded} or {@code external}. */
  public String databaseMode() {
    return switch (settings.database()) {
      case DatabaseSettings.Embedded _ -> "embedded";
      case DatabaseSettings.External _ -> EXTERNAL_DATABASE;
    };
  }

  /** The stores. */
  public Storage storage() {
    return storage;
  }

  /**
   * The engine, with the worker if it is here.
   *
   * @throws IllegalStateException if this stack was opened without one
   */
  public synchronized EngineHost engine() {
    return engine.orElseThrow(() -> new IllegalStateException("opened without an engine"));
  }

  /** The engine where others take the tasks, reached now if it wasn't; a client costs no worker. */
  public synchronized EngineHost remoteEngine() {
    if (engine.isEmpty()) {
      if (!chosen().workersElsewhere()) {
        throw new IllegalStateException("this process has no engine, and no other has one for it");
      }
      engine =
          Optional.of(
              closing.add(EngineHost.clientOf(closing.add(EngineOpening.open(home, chosen())))));
    }
    return engine.orElseThrow();
  }

  /**
   * Whether workflows that are open rest in this home, for want of an engine that runs: the next
   * {@code up}, or command with an engine, goes on with them.
   */
  public boolean workflowsRest() {
    return chosen() instanceof ChosenEngine.OwnServer
        && Files.isRegularFile(EngineOpening.databaseFile(home));
  }

  /** Histories of this home's finished workflows. */
  public HistoryKeeper histories() {
    return new HistoryKeeper(home.histories());
  }

  @Override
  public void close() {
    closing.close();
  }

  @FunctionalInterface
  private interface Opening {
    Stack open(AssayHome home, Closing closing);
  }
}
