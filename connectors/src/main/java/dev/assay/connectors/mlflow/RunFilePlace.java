package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.Source;
import java.nio.file.Path;

/**
 * Where a file of a file store's run is: in the run's own {@code artifacts}, or in those of a model
 * that it logged.
 *
 * @param root a folder
 * @param path where in it, with {@code /}
 */
public record RunFilePlace(Path root, String path) {
  private static final String ARTIFACTS = "artifacts/";

  /**
   * The place that the importer reads an artifact from, or would if it were there. A name that both
   * a folder of the run and a model have is the folder's.
   *
   * @param folder the run's, whose parent is its experiment
   * @param path the artifact, as the run names it
   */
  public static RunFilePlace of(Path folder, String path) {
    RunFilePlace own = new RunFilePlace(folder, ARTIFACTS + path);
    int slash = path.indexOf('/');
    if (slash < 0
        || Folder.kind(folder.resolve(ARTIFACTS + path.substring(0, slash)))
            != Folder.Kind.NOTHING) {
      return own;
    }
    Experiment experiment = Experiment.read(folder.resolveSibling(".").normalize());
    RunDraft draft =
        new RunDraft(
            new Source(MlflowFacts.SYSTEM, folder.toString()),
            experiment.name(),
            Folder.name(folder));
    RunFilePlace[] found = {own};
    LoggedModel.forEach(
        new RunLinks(experiment, folder, draft).models(),
        (files, prefix) -> {
          if (path.startsWith(prefix)) {
            String within = experiment.folder().relativize(files).toString();
            found[0] =
                new RunFilePlace(
                    experiment.folder(), within + "/" + path.substring(prefix.length()));
          }
        });
    return found[0];
  }
}
