package dev.assay.connectors.record;

import dev.assay.model.run.Artifact;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Artifacts of one run, found in folders; keeps where their bytes are. */
public final class Artifacts {
  private final RunDraft draft;
  private final Map<String, Path> files = new TreeMap<>();

  public Artifacts(RunDraft draft) {
    this.draft = draft;
  }

  /** Takes all regular files below {@code folder}, their paths after {@code prefix}. */
  public void addAll(Path folder, String prefix) {
    walk(folder, prefix, 0);
  }

  /**
   * Takes one file; a link, a pipe or a missing file is a problem.
   *
   * @return its size in bytes; empty if it is no regular file
   */
  public OptionalLong add(Path file, String path) {
    try {
      long size = Folder.size(file);
      add(file, path, size);
      return OptionalLong.of(size);
    } catch (RecordException e) {
      draft.problem(path, e);
      return OptionalLong.empty();
    }
  }

  /** Takes a regular file of a size in bytes that is known. */
  public void add(Path file, String path, long size) {
    if (draft.artifact(path, new Artifact(path, size, Optional.empty()))) {
      files.put(path, file);
    }
  }

  /** Files by artifact path. */
  public Map<String, Path> files() {
    return Collections.unmodifiableMap(files);
  }

  private void walk(Path folder, String prefix, int depth) {
    if (depth > Limits.DEPTH) {
      draft.problem(prefix, "deeper than %d folders; not read below this".formatted(Limits.DEPTH));
      return;
    }
    try {
      for (Path entry : Folder.list(folder)) {
        String path = prefix + Folder.name(entry);
        if (Folder.kind(entry) == Folder.Kind.FOLDER) {
          walk(entry, path + "/", depth + 1);
        } else {
          add(entry, path);
        }
      }
    } catch (RecordException e) {
      draft.problem(prefix, e);
    }
  }
}
