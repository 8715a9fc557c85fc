package dev.assay.cli.base;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one command works with. Services are opened when first asked for and closed, last opened
 * first, when the command is over or Ctrl-C is pressed.
 */
public final class Session implements AutoCloseable {
  private final Settings settings;
  private final Map<String, String> environment;
  private final Terminal terminal;
  private final Output output;
  private final Interrupts interrupts;
  private final InstantSource clock;
  // Both guarded by this: at Ctrl-C another thread closes.
  private final Map<Class<?>, AutoCloseable> opened = new LinkedHashMap<>();
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

  public Session(
      Settings settings,
      Map<String, String> environment,
      Terminal terminal,
      Interrupts interrupts,
      InstantSource clock) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.terminal = terminal;
    this.output = new Output(terminal, settings.format());
    this.interrupts = interrupts;
    this.clock = clock;
    interrupts.atInterrupt(this::close);
  }

  /** Opens a service. */
  @FunctionalInterface
  public interface Opener<T extends AutoCloseable> {
    T open(Settings settings) throws Exception;
  }

  /** The options. */
  public Settings settings() {
    return settings;
  }

  /** The caller's environment; it may hold secrets, so none of it is shown or stored. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The time of what the command records. */
  public InstantSource clock() {
    return clock;
  }

  /** Where the result goes. */
  public Output output() {
    return output;
  }

  /** Starts to tell how far a piece of work is; close it when the work is over. */
  public Progress progress(String what, String unit) {
    return settings.progress() ? new ShownProgress(what, unit, terminal) : Progress.silent();
  }

  /** The service of this type, opened by the first call and kept until the session is closed. */
  public synchronized <T extends AutoCloseable> T service(Class<T> type, Opener<T> opener)
      throws Exception {
    AutoCloseable known = opened.get(type);
    if (known != null) {
      return type.cast(known);
    }
    T service = opener.open(settings);
    opened.put(type, service);
    toClose.push(service);
    return service;
  }

  /**
   * Says at Ctrl-C what goes on without this process and how to return to it, before the services
   * are closed.
   */
  public void atInterrupt(String message) {
    interrupts.atInterrupt(() -> output.hint(message));
  }

  /** As {@link #atInterrupt(String)}, something that is done. */
  public void atInterrupt(Runnable action) {
    interrupts.atInterrupt(action);
  }

  /**
   * For a command that a signal ends: it runs {@code action}, then the process exits with 0.
   *
   * @param patience the longest that the action may take
   */
  public void endsBySignal(Runnable action, Duration patience) {
    interrupts.endsBySignal(action, patience);
  }

  /**
   * Closes what was opened. A failure doesn't keep the others open; the first is thrown, with the
   * rest as its suppressed.
   */
  @Override
  public synchronized void close() {
    RuntimeException failure = null;
    while (!toClose.isEmpty()) {
      AutoCloseable service = toClose.pop();
      try {
        service.close();
      } catch (Exception e) {
        if (failure == null) {
          failure = // its own type tells which exit it means
              e instanceof RuntimeException own
                  ? own
                  : new IllegalStateException("could not close " + service.getClass().getName(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    opened.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
