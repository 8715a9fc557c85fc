package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Artifacts;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model that a run logged (MLflow 3), whose files are artifacts of the run under {@code name/}.
 *
 * @param id {@code m-…}
 * @param name not unique: a training may log {@code model} after each epoch
 * @param step of the run when it was logged
 * @param created milliseconds since 1970
 * @param artifacts the folder of its files
 */
record LoggedModel(String id, String name, long step, long created, Path artifacts) {
  private static final Comparator<LoggedModel> LATEST_FIRST =
      Comparator.comparingLong(LoggedModel::step)
          .thenComparingLong(LoggedModel::created)
          .thenComparing(LoggedModel::id)
          .reversed();

  /** Of models with one name the latest has it, as in MLflow; earlier ones are {@code name@id}. */
  static void addArtifacts(List<LoggedModel> models, Artifacts sink) {
    Set<String> taken = new HashSet<>();
    for (LoggedModel model : models.stream().sorted(LATEST_FIRST).toList()) {
      String prefix = taken.add(model.name()) ? model.name() : model.name() + "@" + model.id();
      sink.addAll(model.artifacts(), prefix + "/");
    }
  }
}
