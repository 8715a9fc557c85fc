package dev.assay.worker.devserver;

import dev.assay.worker.engine.EngineException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a {@code temporal} program is one that Assay can work with: what it says of itself. */
public final class TemporalVersion {
  /** What to do about one that isn't. */
  public static final String REMEDY =
      "install Temporal CLI 1.5 or newer: https://docs.temporal.io/cli, or set "
          + TemporalCli.VARIABLE;

  /** It answers in 0.1 s; a cold disk has to read 250 MB first. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** {@code temporal version 1.5.1 (Server 1.29.1, UI 2.44.1)}, seen with 1.5.1. */
  private static final Pattern FORM =
      Pattern.compile("temporal version (\\S+) \\(Server (\\d{1,6}\\.\\d{1,6})\\.[^)]*\\)");

  private static final Pattern RELEASE = Pattern.compile("(\\d{1,6}\\.\\d{1,6})\\..*");

  /** What {@code go install} makes calls itself so; its server tells how old it is. */
  private static final String UNNUMBERED = "0.0.0-DEV";

  /** The oldest that Assay is tested with, and the server in it; docs/engine.md says so, too. */
  private static final int[] OLDEST = {1, 5};

  private static final int[] OLDEST_SERVER = {1, 29};

  private static final int MOST_READ = 4_096;
  private static final int MOST_SHOWN = 200;

  private TemporalVersion() {}

  /**
   * What the program says: {@code temporal version 1.5.1 (Server 1.29.1, UI 2.44.1)}.
   *
   * @throws EngineException if it can't be run, fails, takes longer than 5 s, says something else,
   *     or is too old; with its name and what it said
   */
  public static String of(Path program) {
    return of(program, PATIENCE);
  }

  static String of(Path program, Duration patience) {
    String said = ask(program, patience);
    Matcher form = FORM.matcher(said);
    if (!form.find()) {
      throw new EngineException(
          "'%s --version' says no version of the Temporal CLI: %s".formatted(program, shown(said)));
    }
    if (!isAtLeast(form.group(2), OLDEST_SERVER)
        || !(form.group(1).equals(UNNUMBERED) || isRelease(form.group(1)))) {
      throw new EngineException(
          "%s is older than 1.5, or no release: %s".formatted(program, form.group()));
    }
    return form.group();
  }

  private static boolean isRelease(String version) {
    Matcher release = RELEASE.matcher(version);
    return release.matches() && isAtLeast(release.group(1), OLDEST);
  }

  private static boolean isAtLeast(String majorAndMinor, int[] oldest) {
    String[] parts = majorAndMinor.split("\\.", -1);
    int major = Integer.parseInt(parts[0]);
    return major > oldest[0] || (major == oldest[0] && Integer.parseInt(parts[1]) >= oldest[1]);
  }

  private static String ask(Path program, Duration patience) {
    Process process = start(program);
    long giveUp = System.nanoTime() + patience.toNanos();
    // Read by another thread: it may neither write nor end.
    FutureTask<byte[]> words =
        new FutureTask<>(() -> process.getInputStream().readNBytes(MOST_READ));
    Thread.ofVirtual().start(words);
    try {
      String said =
          new String(words.get(patience.toNanos(), TimeUnit.NANOSECONDS), StandardCharsets.UTF_8);
      if (!process.waitFor(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw silent(program, patience);
      }
      if (process.exitValue() != 0) {
        throw new EngineException(
            "'%s --version' ends with exit %d: %s"
                .formatted(program, process.exitValue(), shown(said)));
      }
      return said;
    } catch (TimeoutException _) {
      throw silent(program, patience);
    } catch (ExecutionException e) {
      throw new EngineException(
          "can't read what '%s --version' says: %s".formatted(program, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while '%s --version' ran".formatted(program), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Process start(Path program) {
    try {
      return new ProcessBuilder(program.toString(), "--version")
          .redirectInput(new File("/dev/null"))
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new EngineException("can't run %s: %s".formatted(program, e.getMessage()), e);
    }
  }

  private static EngineException silent(Path program, Duration patience) {
    return new EngineException(
        "'%s --version' hasn't ended after %d ms".formatted(program, patience.toMillis()));
  }

  private static String shown(String said) {
    String line = said.strip().lines().findFirst().orElse("nothing");
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
  }
}
