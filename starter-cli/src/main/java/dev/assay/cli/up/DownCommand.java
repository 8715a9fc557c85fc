package dev.assay.cli.up;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UnavailableException;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.up.KilledUp;
import dev.assay.worker.up.Up;
import dev.assay.worker.up.UpState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;

/** {@code assay down}. */
@CommandLine.Command(
    name = "down",
    description = {
      "End the 'assay up' of this home, or what is left of one that was killed. Workflows under way"
          + " stay where they are, and go on at the next 'assay up'."
    },
    footer = {"", "Example:", "  assay down"})
public final class DownCommand implements Command {
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final long STEP_MILLIS = 50;

  @Override
  public ExitCode run(Session session) throws Exception {
    OwnServerOnly.require(session.settings(), "down");
    Path home = session.settings().home();
    Optional<UpState> state = UpState.find(home);
    if (state.isPresent()) {
      end(session, home, state.get());
    }
    Optional<KilledUp> killed = state.isPresent() ? Optional.empty() : clear(session, home);
    String said =
        state
            .map(ended -> "ended (pid %d)".formatted(ended.pid()))
            .or(
                () ->
                    killed.map(
                        left -> "ended what a killed one (pid %d) left".formatted(left.pid())))
            .orElse("no 'assay up' runs in " + home);
    session
        .output()
        .document(
            JsonObject.EMPTY.with("ended", state.isPresent() || killed.isPresent()),
            out -> out.line(said));
    return ExitCode.YES;
  }

  private static Optional<KilledUp> clear(Session session, Path home) {
    return Files.isDirectory(home)
        ? Up.clear(AssayHome.open(home), session.output()::hint)
        : Optional.empty();
  }

  /** The pid is that of the process that holds the home's lock, so it is no stranger's. */
  private static void end(Session session, Path home, UpState state) throws InterruptedException {
    ProcessHandle.of(state.pid()).ifPresent(ProcessHandle::destroy);
    long giveUp = System.nanoTime() + STOP.toNanos();
    try (Progress _ = session.progress("ending", "parts")) {
      while (UpState.find(home).filter(now -> now.pid() == state.pid()).isPresent()
          || ProcessHandle.of(state.pid()).filter(ProcessHandle::isAlive).isPresent()) {
        if (System.nanoTime() - giveUp > 0) {
          throw new UnavailableException(
              "'assay up' (pid %d) hasn't ended within %d s; see %s"
                  .formatted(state.pid(), STOP.toSeconds(), home.resolve("logs")));
        }
        Thread.sleep(STEP_MILLIS);
      }
    }
  }
}
