package dev.assay.cli.up;

import dev.assay.cli.base.Ourselves;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UnavailableException;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.up.UpState;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts {@code assay up} in a process of its own, in a session of its own. */
public final class DetachedUp {
  /** A first start unpacks and makes the database. */
  private static final Duration START = Duration.ofSeconds(90);

  private static final long STEP_MILLIS = 50;
  private static final int LAST_WORDS = 4_000;

  private DetachedUp() {}

  /**
   * Returns when it is ready.
   *
   * @param options more words for {@code up}
   * @throws UnavailableException if it ends first, or takes too long; with what it said
   */
  public static UpState start(Session session, List<String> options)
      throws IOException, InterruptedException {
    Path folder = session.settings().home();
    AssayHome home = AssayHome.open(folder);
    Path log = home.logOf("up");
    Files.deleteIfExists(log); // its words are about this start
    List<String> command = new ArrayList<>();
    if (new File("/usr/bin/setsid").canExecute()) {
      command.add("/usr/bin/setsid"); // it outlives this terminal
    }
    List<String> arguments = new ArrayList<>(List.of("up", "--home", folder.toString()));
    arguments.addAll(options);
    command.addAll(Ourselves.command(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true)
            .start();
    return awaitReady(folder, process, log);
  }

  private static UpState awaitReady(Path home, Process process, Path log)
      throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + START.toNanos();
    while (System.nanoTime() - giveUp < 0) {
      Optional<UpState> state = UpState.find(home).filter(UpState::ready);
      if (state.isPresent()) {
        return state.get();
      }
      if (process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new UnavailableException(
            "'assay up' ended at its start with exit %d:%n%s"
                .formatted(process.exitValue(), lastWords(log)));
      }
    }
    process.destroy();
    throw new UnavailableException(
        "'assay up' isn't ready after %d s:%n%s".formatted(START.toSeconds(), lastWords(log)));
  }

  private static String lastWords(Path log) throws IOException {
    byte[] said = Files.readAllBytes(log);
    int from = Math.max(0, said.length - LAST_WORDS);
    return new String(said, from, said.length - from, StandardCharsets.UTF_8).strip();
  }
}
