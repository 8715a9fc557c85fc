package dev.assay.cli.validate;

import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.connectors.SourceException;
import dev.assay.connectors.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files and folders that no report may replace or lie in: what is judged, by what, and the record.
 * Real paths are compared, so that links and {@code ..} make no difference.
 */
final class KeptPlaces {
  /** SQLite's files beside a database; https://www.sqlite.org/tempfiles.html. */
  private static final List<String> BESIDE_DATABASES = List.of("-journal", "-shm", "-wal");

  private final List<Kept> places;

  private KeptPlaces(List<Kept> places) {
    this.places = List.copyOf(places);
  }

  /** One of them. */
  private record Kept(Path real, String what) {}

  static KeptPlaces none() {
    return new KeptPlaces(List.of());
  }

  /** The home. */
  static KeptPlaces of(Session session) {
    Path home = session.settings().home();
    return none().with(home, "the home %s, which keeps the record".formatted(home));
  }

  /** These and one more. */
  KeptPlaces with(Path path, String what) {
    List<Kept> more = new ArrayList<>(places);
    more.add(new Kept(real(path.toAbsolutePath()), what));
    return new KeptPlaces(more);
  }

  /** These and the policy; a folder is none. */
  KeptPlaces withPolicy(Path file) {
    return Files.isDirectory(file) ? this : with(file, "the policy");
  }

  /** These and what is judged; of a SOURCE that can't be accepted nothing is read. */
  KeptPlaces withSources(Session session, List<String> sources) {
    KeptPlaces all = this;
    for (String source : sources) {
      for (Path path : onDisk(session, source)) {
        all = all.with(path, "the SOURCE %s".formatted(source));
      }
    }
    return all;
  }

  private static List<Path> onDisk(Session session, String source) {
    try {
      return switch (SourceSpec.parse(source, session.environment())) {
        case SourceSpec.MlflowTracking _ -> List.of();
        case SourceSpec.MlflowSqlite database -> withFilesBeside(database.path());
        case SourceSpec.OnDisk found -> List.of(found.path());
      };
    } catch (SourceException e) {
      return List.of(); // said when it is to be read
    }
  }

  private static List<Path> withFilesBeside(Path database) {
    List<Path> files = new ArrayList<>(List.of(database));
    BESIDE_DATABASES.forEach(ending -> files.add(Path.of(database + ending)));
    return files;
  }

  /**
   * Succeeds if {@code file} is none of them, and in none.
   *
   * @throws UsageException if it is
   */
  void requireOutside(String option, Path file) {
    Path real = real(file.toAbsolutePath());
    for (Kept kept : places) {
      if (real.startsWith(kept.real())) {
        throw new UsageException(
            "%s: %s %s %s: name a file elsewhere"
                .formatted(option, file, real.equals(kept.real()) ? "is" : "lies in", kept.what()));
      }
    }
  }

  /** Links resolved as far as something is there; only the last names of a path may not be. */
  static Path real(Path absolute) {
    try {
      return absolute.toRealPath();
    } catch (IOException e) {
      Path parent = absolute.getParent();
      Path name = absolute.getFileName();
      return parent == null || name == null ? absolute : real(parent).resolve(name).normalize();
    }
  }
}
