package dev.assay.cli;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.UnavailableException;
import dev.assay.cli.base.UsageException;
import dev.assay.model.json.JsonException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Which exception means which exit. A type that isn't known here is a bug of assay. */
final class Failures {
  private Failures() {}

  static Failure of(Throwable thrown, Settings settings) {
    String message = String.valueOf(thrown.getMessage());
    return switch (thrown) {
      case UsageException _, JsonException _ -> new Failure(ExitCode.USAGE, message);
      case NoSuchFileException e ->
          new Failure(ExitCode.USAGE, "%s: no such file or folder".formatted(e.getFile()));
      case AccessDeniedException e ->
          new Failure(ExitCode.USAGE, "%s: permission denied".formatted(e.getFile()));
      case FileNotFoundException _ -> new Failure(ExitCode.USAGE, message);
      case UnavailableException _ -> new Failure(ExitCode.UNAVAILABLE, message);
      case InterruptedException _ -> new Failure(ExitCode.INTERRUPTED, "interrupted");
      default -> bug(thrown, settings);
    };
  }

  private static Failure bug(Throwable thrown, Settings settings) {
    return new Failure(
        ExitCode.BUG,
        "a bug in assay: %s%n%s".formatted(thrown, CrashLog.write(settings.home(), thrown)));
  }
}
