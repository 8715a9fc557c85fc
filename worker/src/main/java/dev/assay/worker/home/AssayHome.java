package dev.assay.worker.home;

import dev.assay.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that holds all of an installation without servers of its own:
 *
 * <pre>
 * pg/         the embedded PostgreSQL: binaries/ data/ password
 * keys/       signing keys; own/ those that users made
 * anchors     folders that checkpoints are published to, a path a line
 * histories/  finished workflows of the embedded engine: &lt;workflow id&gt;/&lt;run id&gt;.json
 * logs/       assay.log, postgres.log
 * engine/     what a local engine keeps
 * trust/      the first Trust document of each ledger that is trusted here: its digest
 * lock        held by the command that works in it
 * </pre>
 *
 * Folders that are made here are for their owner alone (mode 700); an existing home keeps the mode
 * that its owner gave it.
 */
public final class AssayHome {
  static final String LOCK = "lock";

  private final Path folder;

  private AssayHome(Path folder) {
    this.folder = folder;
  }

  /**
   * Where the home is: what {@code --home} says, else {@code ASSAY_HOME}, else {@code .assay} in
   * the working folder. The user's own home folder is never asked, so an account without one will
   * do.
   */
  public static Path choose(
      Optional<Path> option, Map<String, String> environment, Path workingFolder) {
    return option
        .or(
            () ->
                Optional.ofNullable(environment.get("ASSAY_HOME"))
                    .filter(value -> !value.isBlank())
                    .map(Path::of))
        .map(workingFolder::resolve)
        .orElseGet(() -> workingFolder.resolve(".assay"))
        .normalize();
  }

  /**
   * Opens a home, making it with its folders if needed.
   *
   * @throws HomeException if it can't be made or written to
   */
  public static AssayHome open(Path wanted) {
    try {
      createPrivate(wanted);
      AssayHome home = new AssayHome(wanted.toRealPath());
      for (Path path :
          new Path[] {home.postgres(), home.keys(), home.histories(), home.logs(), home.engine()}) {
        createPrivate(path);
      }
      return home;
    } catch (IOException | UnsupportedOperationException e) {
      throw new HomeException(
          "can't use %s as home: %s. Pass another with --home, or set ASSAY_HOME"
              .formatted(wanted, Reasons.of(e)),
          e);
    }
  }

  /** The folder itself, as a real path. */
  public Path folder() {
    return folder;
  }

  public Path postgres() {
    return folder.resolve("pg");
  }

  public Path keys() {
    return folder.resolve("keys");
  }

  public Path histories() {
    return folder.resolve("histories");
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  public Path engine() {
    return folder.resolve("engine");
  }

  /** Where {@link HomeLog} writes. */
  public Path logFile() {
    return logs().resolve("assay.log");
  }

  /** Where the processes of {@code assay up} write: {@code <part>.log}. */
  public Path logOf(String part) {
    return logs().resolve(part + ".log");
  }

  Path lockFile() {
    return folder.resolve(LOCK);
  }

  /** The embedded server of this home, with its log beside ours. */
  public PostgresSettings postgresSettings() {
    return PostgresSettings.under(postgres()).withLogFile(logs().resolve("postgres.log"));
  }

  private static void createPrivate(Path path) throws IOException {
    Files.createDirectories(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
