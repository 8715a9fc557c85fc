package dev.assay.integration;

import dev.assay.worker.devserver.TemporalCli;
import dev.assay.worker.up.UpState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A home with {@code assay up} running in a process of its own, on free ports. */
final class UpHome implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  private final Path outputs;
  private final Path folder;
  private final CommandProcess up;

  private UpHome(Path outputs, Path folder, CommandProcess up) {
    this.outputs = outputs;
    this.folder = folder;
    this.up = up;
  }

  /** Which process of an {@code up}. */
  enum Part {
    WORKER,
    SIGNER,
    SERVER,
    DATABASE
  }

  /**
   * Starts it; returns when it is ready.
   *
   * @param outputs a folder for what processes print
   */
  static UpHome start(Path outputs, Path folder) throws Exception {
    return start(outputs, folder, List.of("--port", "0", "--ui-port", "0"));
  }

  /** As {@link #start(Path, Path)}, on the ports that it chooses if it is told none. */
  static UpHome startAgain(Path outputs, Path folder) throws Exception {
    return start(outputs, folder, List.of());
  }

  private static UpHome start(Path outputs, Path folder, List<String> options) throws Exception {
    List<String> words = new ArrayList<>(List.of("up", "--home", folder.toString()));
    words.addAll(options);
    CommandProcess up = CommandProcess.start(outputs, temporal(), words);
    UpHome home = new UpHome(outputs, folder, up);
    try {
      await("'assay up' is ready", () -> !up.isAlive() || home.state().isPresent());
      if (!up.isAlive()) {
        throw new AssertionError(up.err());
      }
      return home;
    } catch (Exception | AssertionError e) {
      home.close();
      throw e;
    }
  }

  /** The environment in which a command finds the dev server's program; it must be there. */
  static Map<String, String> temporal() {
    return Map.of(
        TemporalCli.VARIABLE,
        TemporalCli.find(System.getenv())
            .orElseThrow(
                () ->
                    new AssertionError(
                        "these tests need the temporal program: go install github.com/temporalio/cli/cmd/temporal@v1.5.1, and name it with "
                            + TemporalCli.VARIABLE))
            .toString());
  }

  Path folder() {
    return folder;
  }

  Optional<UpState> state() {
    return UpState.find(folder).filter(UpState::ready);
  }

  /** What it said after its start: deaths and restarts. */
  String told() throws IOException {
    return up.err();
  }

  /** The supervisor alone, as {@code kill -9} would. */
  void kill() throws InterruptedException {
    up.kill();
  }

  /** Its process id. */
  long pid() {
    return up.pid();
  }

  /** A command on this home, without progress. */
  CommandProcess command(String... words) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--home", folder.toString(), "--no-progress"));
    return CommandProcess.start(outputs, temporal(), arguments);
  }

  /** The process of a part. */
  ProcessHandle process(Part part) throws IOException {
    if (part == Part.DATABASE) {
      return Signals.serverOf(folder).getFirst();
    }
    String named =
        switch (part) {
          case WORKER -> "assay,assay-judge";
          case SIGNER -> "assay-signer";
          case SERVER -> "start-dev";
          case DATABASE -> throw new IllegalStateException();
        };
    return ProcessHandle.of(up.pid())
        .orElseThrow()
        .children()
        .filter(child -> words(child.pid()).contains(named))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no process of %s at the moment".formatted(part)));
  }

  /** {@code ProcessHandle} shows only the first 4,096 bytes. */
  private static List<String> words(long pid) {
    try {
      return List.of(
          new String(
                  Files.readAllBytes(Path.of("/proc/%d/cmdline".formatted(pid))),
                  StandardCharsets.UTF_8)
              .split("\0"));
    } catch (IOException _) {
      return List.of(); // gone
    }
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new AssertionError("after %d s not: %s".formatted(PATIENCE.toSeconds(), what));
      }
      Thread.sleep(20);
    }
  }

  /** As {@code assay down} would; kills it if it doesn't end. */
  @Override
  public void close() throws IOException {
    ProcessHandle.of(up.pid()).ifPresent(ProcessHandle::destroy);
    try {
      up.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      up.close();
      CommandProcess.processesNaming(folder).forEach(ProcessHandle::destroyForcibly);
    }
  }
}
