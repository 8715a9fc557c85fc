package dev.assay.connectors;

import dev.assay.connectors.record.RunTask;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of a run are that was read from a folder or database here. */
public final class RunFiles {
  private static final Pattern DATABASE_RUN = Pattern.compile("(.+)#[^#/]*", Pattern.DOTALL);

  private RunFiles() {}

  /**
   * The run's files by their path in it, found as the importer finds them: no link is followed.
   *
   * @return none if the run isn't there any more, or was never read here
   */
  public static Map<String, Path> of(Source source, RunIdentity identity) {
    String location = source.location();
    if (location.startsWith("http:") || location.startsWith("https:")) {
      return Map.of();
    }
    Matcher inDatabase = DATABASE_RUN.matcher(location);
    SourceSpec spec;
    try {
      spec =
          SourceSpec.parse(
              source.system().equals("mlflow") && inDatabase.matches()
                  ? "mlflow-db:" + inDatabase.group(1)
                  : location,
              Map.of());
      try (Importer importer = Importer.open(List.of(spec), new ImportOptions(1, false))) {
        return find(importer.tasks(), identity);
      }
    } catch (SourceException _) {
      return Map.of(); // moved or gone
    }
  }

  private static Map<String, Path> find(Iterator<RunTask> tasks, RunIdentity identity) {
    while (tasks.hasNext()) {
      RunTask task = tasks.next();
      if (task.identities().contains(identity)) {
        return task.read().runs().stream()
            .filter(run -> run.run().identity().equals(identity))
            .findFirst()
            .map(run -> run.files())
            .orElse(Map.of());
      }
    }
    return Map.of();
  }
}
