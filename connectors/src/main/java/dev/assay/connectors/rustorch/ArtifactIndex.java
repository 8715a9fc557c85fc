package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.ArtifactPaths;
import dev.assay.connectors.record.Artifacts;
import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Folder.Kind;
import dev.assay.connectors.record.FolderContent;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@code artifacts.json} and the files that it should list: all that the trainer's own aren't. */
final class ArtifactIndex {
  static final String FILE = "artifacts.json";
  private static final String CHECKPOINT = ".rtch";
  private static final Set<String> OWN =
      Set.of(
          FILE,
          RunFolder.RUN,
          SummaryCheck.FILE,
          MetricsLog.FILE,
          TelemetryLog.FILE,
          LedgerChain.FILE,
          GovernanceCheck.PLAN);

  private final FolderContent folder;
  private final RunDraft draft;
  private final Set<String> listed = new HashSet<>();

  ArtifactIndex(FolderContent folder, RunDraft draft) {
    this.folder = folder;
    this.draft = draft;
  }

  void read(Artifacts artifacts) {
    Optional<JsonValue> index = JsonFiles.read(folder, FILE, draft);
    if (index.isPresent()) {
      if (index.get() instanceof JsonArray(var items)) {
        items.forEach(item -> item(item, artifacts));
      } else {
        draft.problem(FILE, "a list was expected");
      }
    }
    unlisted(artifacts);
  }

  private void item(JsonValue item, Artifacts artifacts) {
    if (!(item instanceof JsonObject artifact)) {
      draft.problem(FILE, "an item isn't an object");
      return;
    }
    try {
      String path = ArtifactPaths.checked(JsonFiles.text(artifact, "path").orElse(""));
      if (!listed.add(path)) {
        draft.problem(FILE, path + " is listed twice");
        return;
      }
      add(path, artifacts);
    } catch (RecordException e) {
      draft.problem(FILE, e);
    }
  }

  /** Takes a file, if no folder on the way is a link. */
  private void add(String path, Artifacts artifacts) throws RecordException {
    Optional<byte[]> bytes = folder.taken(path);
    if (bytes.isPresent()) {
      artifacts.add(folder.path(path), path, bytes.get().length);
      if (path.endsWith(CHECKPOINT)) {
        CheckpointFile.check(bytes.get()).ifPresent(why -> draft.problem(path, why));
      }
      return;
    }
    String[] parts = path.split("/", -1);
    Path file = folder.path(parts[0]); // RunFolder has looked at the folder itself
    for (int i = 1; i < parts.length; i++) {
      if (Folder.kind(file) != Kind.FOLDER) {
        throw new RecordException(path + " isn't there, or behind a symbolic link");
      }
      file = file.resolve(parts[i]);
    }
    OptionalLong size = artifacts.add(file, path);
    if (path.endsWith(CHECKPOINT) && size.isPresent()) {
      CheckpointFile.check(file, size.getAsLong()).ifPresent(why -> draft.problem(path, why));
    }
  }

  private void unlisted(Artifacts artifacts) {
    try {
      for (String name : folder.names()) {
        boolean known =
            OWN.contains(name)
                || listed.contains(name)
                || (folder.kind(name) == Kind.FOLDER && holdsListed(name));
        if (!known) {
          draft.problem(name, "artifacts.json doesn't list it");
          if (folder.kind(name) == Kind.FILE) {
            add(name, artifacts);
          }
        }
      }
    } catch (RecordException e) {
      draft.problem(FILE, e);
    }
  }

  private boolean holdsListed(String name) {
    return listed.stream().anyMatch(path -> path.startsWith(name + "/"));
  }
}
