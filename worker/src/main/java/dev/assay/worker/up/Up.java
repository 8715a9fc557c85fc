package dev.assay.worker.up;

import dev.assay.worker.EngineOpening;
import dev.assay.worker.devserver.DevServer;
import dev.assay.worker.devserver.DevServerSettings;
import dev.assay.worker.devserver.DevServerSettings.Ports;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.home.HomeHolder;
import dev.assay.worker.home.HomeLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A running {@code assay up}: the home's lock, and a supervisor of all its parts. */
public final class Up implements AutoCloseable {
  /**
   * A command that works in the home ends soon, or is a long one that the user must decide about.
   */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);

  private final HomeLock lock;
  private final UpState state;
  private final Supervisor supervisor;

  private Up(HomeLock lock, UpState state, Supervisor supervisor) {
    this.lock = lock;
    this.state = state;
    this.supervisor = supervisor;
  }

  /**
   * Returns when every part works.
   *
   * @throws dev.assay.worker.home.HomeBusyException if another process keeps the home
   */
  public static Up start(UpRequest request) {
    AssayHome home = AssayHome.open(request.home());
    HomeLock lock = lock(home, HomeHolder.UP, request.told());
    try {
      DevServerSettings server =
          EngineOpening.devServer(home, request.program(), ports(home, request.wanted()));
      UpState state = new UpState(ProcessHandle.current().pid(), false, server.ports());
      List<Part> parts =
          List.of(
              new DatabasePart(home.postgresSettings()),
              new DevServerPart(server),
              new WorkerPart("the worker", request.worker(), home.logOf("worker")),
              new WorkerPart("the signer", request.signer(), home.logOf("signer")));
      return new Up(lock, state, Supervisor.start(home, state, parts, request.told()));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Clients that wait know the ports of an {@code up} that was killed: its server yields them. */
  private static Ports ports(AssayHome home, WantedPorts wanted) {
    DevServer.endLeftOver(EngineOpening.databaseFile(home));
    return wanted.choose(UpState.leftBehind(home).map(UpState::ports));
  }

  /**
   * Ends what an {@code up} that was killed has left in a home, and forgets it.
   *
   * @param told whom it waits for
   * @return the one that was killed; empty if there was none
   * @throws dev.assay.worker.home.HomeBusyException if another process keeps the home
   */
  public static Optional<KilledUp> clear(AssayHome home, Consumer<String> told) {
    if (UpState.leftBehind(home).isEmpty()) {
      return Optional.empty(); // who works in the home needn't be waited for
    }
    try (HomeLock _ = lock(home, "assay down", told)) {
      Optional<KilledUp> killed = KilledUp.in(home);
      DevServer.endLeftOver(EngineOpening.databaseFile(home));
      UpState.remove(home.folder());
      return killed;
    }
  }

  private static HomeLock lock(AssayHome home, String command, Consumer<String> told) {
    return HomeLock.acquire(
        home,
        command,
        LOCK_PATIENCE,
        holder ->
            told.accept(
                "waiting for %s, which works in %s"
                    .formatted(
                        holder.map(HomeHolder::toString).orElse("another process"),
                        home.folder())));
  }

  /** What other processes are told. */
  public UpState state() {
    return state;
  }

  /** Keeps the parts alive until {@link #close}, called by another thread. */
  public void run() throws InterruptedException {
    supervisor.run();
  }

  @Override
  public void close() {
    try (lock) {
      supervisor.close();
    }
  }
}
