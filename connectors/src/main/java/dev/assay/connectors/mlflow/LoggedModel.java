package dev.assay.connectors.mlflow;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A model that a run logged (MLflow 3), whose files are artifacts of the run under {@code name/}.
 *
 * @param id {@code m-…}
 * @param name not unique: a training may log {@code model} after each epoch
 * @param step of the run when it was logged
 * @param created milliseconds since 1970
 * @param files where its files are
 */
public record LoggedModel<F>(String id, String name, long step, long created, F files) {

  /**
   * Gives each model's files with the path that they have in the run, {@code name/}: of models with
   * one name the latest has it, as in MLflow; earlier ones are {@code name@id/}.
   */
  public static <F> void forEach(List<LoggedModel<F>> models, BiConsumer<F, String> sink) {
    Comparator<LoggedModel<F>> oldestFirst =
        Comparator.<LoggedModel<F>>comparingLong(LoggedModel::step)
            .thenComparingLong(LoggedModel::created)
            .thenComparing(LoggedModel::id);
    Set<String> taken = new HashSet<>();
    for (LoggedModel<F> model : models.stream().sorted(oldestFirst.reversed()).toList()) {
      String prefix = taken.add(model.name()) ? model.name() : model.name() + "@" + model.id();
      sink.accept(model.files(), prefix + "/");
    }
  }
}
