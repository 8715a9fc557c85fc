package dev.assay.postgres;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where one server lives.
 *
 * @param binariesFolder holds one folder for each unpacked build; may be shared by any number of
 *     data folders and processes
 * @param dataFolder the data folder; its parent must be on the same file system and belong to the
 *     caller, as {@code <dataFolder>.new} is made beside it
 * @param passwordFile the administrator's password, made on first use, mode 600
 * @param lockFolder holds the two lock files by which processes agree on who starts and who stops
 * @param logFile what the server prints; moved to {@code <logFile>.old} at a start that finds more
 *     than 8 MiB
 * @param patience the longest wait for another process, for the server to be ready, and for it to
 *     stop
 */
public record PostgresSettings(
    Path binariesFolder,
    Path dataFolder,
    Path passwordFile,
    Path lockFolder,
    Path logFile,
    Duration patience) {

  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(60);

  public PostgresSettings {
    binariesFolder = binariesFolder.toAbsolutePath().normalize();
    dataFolder = dataFolder.toAbsolutePath().normalize();
    passwordFile = passwordFile.toAbsolutePath().normalize();
    lockFolder = lockFolder.toAbsolutePath().normalize();
    logFile = logFile.toAbsolutePath().normalize();
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience must be more than zero, got " + patience);
    }
  }

  /** All in one folder ({@code binaries/ data/ password postgres.log}), with a patience of 60 s. */
  public static PostgresSettings under(Path folder) {
    return new PostgresSettings(
        folder.resolve("binaries"),
        folder.resolve("data"),
        folder.resolve("password"),
        folder,
        folder.resolve("postgres.log"),
        DEFAULT_PATIENCE);
  }

  /** The same, with the binaries elsewhere. */
  public PostgresSettings withBinariesFolder(Path folder) {
    return new PostgresSettings(folder, dataFolder, passwordFile, lockFolder, logFile, patience);
  }

  /** The same, with the log elsewhere. */
  public PostgresSettings withLogFile(Path file) {
    return new PostgresSettings(
        binariesFolder, dataFolder, passwordFile, lockFolder, file, patience);
  }
}
