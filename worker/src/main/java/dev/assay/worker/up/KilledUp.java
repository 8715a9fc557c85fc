package dev.assay.worker.up;

import dev.assay.worker.EngineOpening;
import dev.assay.worker.devserver.DevServer;
import dev.assay.worker.home.AssayHome;
import java.util.Optional;

/**
 * An {@code up} that ended without {@code down}: killed, or with its machine.
 *
 * @param pid what it was; the number may be another process's by now
 * @param serverRuns whether its dev server outlived it
 */
public record KilledUp(long pid, boolean serverRuns) {
  /** The one of a home whose lock the caller holds; empty if the last one ended in order. */
  public static Optional<KilledUp> in(AssayHome home) {
    return UpState.leftBehind(home)
        .map(
            state -> new KilledUp(state.pid(), DevServer.runsOn(EngineOpening.databaseFile(home))));
  }

  /** For people. */
  public String sentence() {
    return "'assay up' ended without 'down' (pid %d); its Temporal server %s"
        .formatted(pid, serverRuns ? "still runs" : "is gone");
  }
}
