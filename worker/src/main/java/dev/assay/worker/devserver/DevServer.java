package dev.assay.worker.devserver;

import dev.assay.worker.engine.EngineException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A running {@code temporal server start-dev}. Its workflows are in its database file: they survive
 * it, however it ends.
 */
public final class DevServer implements AutoCloseable {
  private static final Duration CLEAN_STOP = Duration.ofSeconds(10);

  /**
   * A commit is one synced write to a log instead of a journal file made, synced and deleted, and
   * is as durable; an activity goes back with the answer to the workflow task that wants it,
   * instead of waiting for a poll.
   */
  private static final List<String> TUNING =
      List.of(
          "--sqlite-pragma",
          "journal_mode=wal",
          "--sqlite-pragma",
          "synchronous=full",
          "--dynamic-config-value",
          "system.enableActivityEagerExecution=true");

  private final DevServerSettings settings;
  private final Process process;

  private DevServer(DevServerSettings settings, Process process) {
    this.settings = settings;
    this.process = process;
  }

  /**
   * Starts one, after ending any that a killed owner left on the same database file. Returns at
   * once: {@link DevServerNamespace#prepare} waits until it serves.
   *
   * @throws EngineException if the program can't be run
   */
  public static DevServer start(DevServerSettings settings) {
    endLeftOver(settings.databaseFile());
    ProcessBuilder builder =
        new ProcessBuilder(command(settings))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.logFile().toFile()))
            .redirectErrorStream(true);
    // The user's own Temporal settings are for another server.
    builder.environment().keySet().removeIf(name -> name.startsWith("TEMPORAL_"));
    try {
      return new DevServer(settings, builder.start());
    } catch (IOException e) {
      throw new EngineException(
          "can't run %s: %s".formatted(settings.program(), e.getMessage()), e);
    }
  }

  private static List<String> command(DevServerSettings settings) {
    List<String> command = new ArrayList<>();
    if (new File("/usr/bin/setsid").canExecute()) {
      command.add("/usr/bin/setsid"); // a Ctrl-C in the caller's terminal must not reach it
    }
    command.addAll(
        List.of(
            settings.program().toString(),
            "server",
            "start-dev",
            "--ip",
            "127.0.0.1",
            "--port",
            Integer.toString(settings.ports().frontend()),
            "--ui-port",
            Integer.toString(settings.ports().ui()),
            "--db-filename",
            settings.databaseFile().toString(),
            "--log-level",
            "warn"));
    command.addAll(TUNING);
    settings
        .searchAttributes()
        .forEach(
            key ->
                command.addAll(
                    List.of("--search-attribute", key.getName() + "=" + AttributeTypes.name(key))));
    return command;
  }

  /**
   * Ends any that a killed owner left on a database file, and with it its hold on its ports. The
   * caller holds the home's lock, so that no living owner has one.
   */
  public static void endLeftOver(Path databaseFile) {
    runningOn(databaseFile).forEach(DevServer::end);
  }

  /** Whether one runs on a database file. */
  public static boolean runsOn(Path databaseFile) {
    return !runningOn(databaseFile).isEmpty();
  }

  /** Told by its command line, because pids are used again. */
  private static List<ProcessHandle> runningOn(Path databaseFile) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              handle ->
                  handle
                      .info()
                      .commandLine()
                      .filter(line -> line.contains("start-dev"))
                      .filter(line -> (line + " ").contains(" " + databaseFile + " "))
                      .isPresent())
          .toList();
    }
  }

  private static void end(ProcessHandle handle) {
    handle.destroy();
    try {
      handle.onExit().get(CLEAN_STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      handle.destroyForcibly();
      handle.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while a Temporal dev server ended", e);
    }
  }

  /** Where it listens. */
  public DevServerSettings.Ports ports() {
    return settings.ports();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Where its last words are. */
  public Path logFile() {
    return settings.logFile();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      end(process.toHandle());
    }
  }
}
