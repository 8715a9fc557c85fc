package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.RecordException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One experiment's folder of a file store.
 *
 * @param folder where it is
 * @param name its name, or the folder's if it can't be read
 * @param deleted whether MLflow no longer lists it
 * @param problem why the name can't be read, if so: a problem of each of its runs
 */
record Experiment(Path folder, String name, boolean deleted, Optional<String> problem) {
  static final String META = "meta.yaml";

  /** Folders of an experiment that are not runs; file_store.py, RESERVED_EXPERIMENT_FOLDERS. */
  private static final Set<String> RESERVED =
      Set.of("tags", "datasets", "traces", "models", "assessments", ".trash");

  static Experiment read(Path folder) {
    String fallback = Folder.name(folder);
    try {
      Optional<MetaYaml> meta = MetaYaml.read(folder.resolve(META));
      if (meta.isEmpty()) {
        return unreadable(folder, "the experiment has no meta.yaml");
      }
      boolean deleted = meta.get().text("lifecycle_stage").equals(Optional.of("deleted"));
      Optional<String> name = meta.get().text("name");
      return name.isEmpty()
          ? unreadable(folder, "the experiment's meta.yaml names no experiment")
          : new Experiment(folder, name.orElse(fallback), deleted, Optional.empty());
    } catch (RecordException e) {
      return unreadable(folder, "the experiment's meta.yaml: " + e.getMessage());
    }
  }

  /** Entries that are, or should be, runs; links among them. Files of no run are passed over. */
  List<Path> runs() throws RecordException {
    List<Path> runs = new ArrayList<>();
    for (Path entry : Folder.list(folder)) {
      if (RESERVED.contains(Folder.name(entry))) {
        continue;
      }
      switch (Folder.kind(entry)) {
        case FOLDER, LINK -> runs.add(entry);
        case FILE, OTHER, NOTHING -> {}
      }
    }
    return runs;
  }

  private static Experiment unreadable(Path folder, String why) {
    return new Experiment(folder, Folder.name(folder), false, Optional.of(why));
  }
}
