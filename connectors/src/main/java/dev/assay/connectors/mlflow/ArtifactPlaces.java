package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Folder.Kind;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the artifacts of a database's runs are. The database names absolute places, which may have
 * moved and may be anywhere: only folders beside the database are looked into, at the same relative
 * place, {@code <experiment>/<run>/artifacts} and {@code <experiment>/models/<model>/artifacts}.
 */
final class ArtifactPlaces {
  /** MLflow's folder names beside its database: of clients, of its server, and none. */
  private static final List<String> ROOTS = List.of("mlruns", "mlartifacts", "");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Path database;
  private final String experimentId;
  private final RunDraft draft;

  ArtifactPlaces(Path database, String experimentId, RunDraft draft) {
    this.database = database;
    this.experimentId = experimentId;
    this.draft = draft;
  }

  /** The folder of a run's own artifacts; a problem if it can't be reached. */
  Optional<Path> ofRun(String runId, String uri) {
    return find(List.of(experimentId, runId, "artifacts"), uri);
  }

  /** The folder of a logged model's files; a problem if it can't be reached. */
  Optional<Path> ofModel(String modelId, String uri) {
    return find(List.of(experimentId, "models", modelId, "artifacts"), uri);
  }

  private Optional<Path> find(List<String> parts, String uri) {
    boolean plain = parts.stream().allMatch(part -> ID.matcher(part).matches());
    boolean reached = false;
    for (String root : plain ? ROOTS : List.<String>of()) {
      Path folder = database.resolveSibling(root.isEmpty() ? "." : root).normalize();
      // A run that logged no file has no folder, so the root alone says that the place is known.
      reached |= Folder.kind(root.isEmpty() ? folder.resolve(experimentId) : folder) == Kind.FOLDER;
      Optional<Path> found = descend(folder, parts);
      if (found.isPresent()) {
        return found;
      }
    }
    if (!reached) {
      draft.problem(
          Problem.ARTIFACTS,
          "the artifacts at %s can't be reached; put the folder mlruns beside the database"
              .formatted(Texts.shown(uri)));
    }
    return Optional.empty();
  }

  /** The folder below, no link on the way. */
  private static Optional<Path> descend(Path from, List<String> parts) {
    Path folder = from;
    for (String part : parts) {
      if (Folder.kind(folder) != Kind.FOLDER) {
        return Optional.empty();
      }
      folder = folder.resolve(part);
    }
    return Folder.kind(folder) == Kind.FOLDER ? Optional.of(folder) : Optional.empty();
  }
}
