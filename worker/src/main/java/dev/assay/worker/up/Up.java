package dev.assay.worker.up;

import dev.assay.worker.EngineOpening;
import dev.assay.worker.devserver.DevServerSettings;
import dev.assay.worker.devserver.FreePorts;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.home.HomeHolder;
import dev.assay.worker.home.HomeLock;
import java.time.Duration;
import java.util.List;

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
    HomeLock lock =
        HomeLock.acquire(
            home,
            HomeHolder.UP,
            LOCK_PATIENCE,
            holder ->
                request
                    .told()
                    .accept(
                        "waiting for %s, which works in %s"
                            .formatted(
                                holder.map(HomeHolder::toString).orElse("another process"),
                                home.folder())));
    try {
      DevServerSettings server =
          EngineOpening.devServer(
              home,
              request.program(),
              FreePorts.preferring(request.wanted().frontend(), request.wanted().ui()));
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
