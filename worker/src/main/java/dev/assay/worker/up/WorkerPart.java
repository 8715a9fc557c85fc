package dev.assay.worker.up;

import dev.assay.worker.engine.EngineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JVM that takes tasks. It says {@value #READY} on standard output when it does, and stops when
 * its standard input ends: which is also what it sees if we are killed.
 */
final class WorkerPart implements Part {
  /** The line by which it says that it takes tasks. */
  static final String READY = "ready";

  private static final Duration START = Duration.ofSeconds(60);

  /** Work under way may end within its own grace, 10 s. */
  private static final Duration STOP = Duration.ofSeconds(20);

  private final String name;
  private final List<String> command;
  private final Path log;
  private Optional<Process> process = Optional.empty();

  /**
   * @param name for people
   * @param command what to run
   * @param log where its standard error goes
   */
  WorkerPart(String name, List<String> command, Path log) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process = Optional.of(started);
      awaitReady(started);
    } catch (IOException e) {
      throw new EngineException("can't run %s: %s".formatted(command.getFirst(), e), e);
    }
  }

  private void awaitReady(Process started) {
    CompletableFuture<Boolean> ready = CompletableFuture.supplyAsync(() -> saysReady(started));
    try {
      if (!ready.get(START.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EngineException("it ended at its start; see " + log);
      }
    } catch (TimeoutException | ExecutionException e) {
      started.destroyForcibly();
      throw new EngineException(
          "it took no tasks within %d s; see %s".formatted(START.toSeconds(), log), e);
    } catch (InterruptedException e) {
      started.destroy();
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while it started", e);
    }
  }

  private static boolean saysReady(Process started) {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    return out.lines().anyMatch(READY::equals);
  }

  @Override
  public boolean alive() {
    return process.filter(Process::isAlive).isPresent();
  }

  @Override
  public String log() {
    return log.toString();
  }

  @Override
  public void stop() {
    if (process.isEmpty() || !process.get().isAlive()) {
      return;
    }
    Process running = process.get();
    try {
      running.getOutputStream().close(); // its standard input
      if (!running.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly();
      }
    } catch (IOException _) {
      running.destroy();
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
