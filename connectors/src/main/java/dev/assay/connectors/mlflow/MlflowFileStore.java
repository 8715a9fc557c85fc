package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.RunStore;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.record.TaskResult;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * MLflow's file store: {@code mlruns/<experiment>/<run>}. Lists the runs that MLflow lists: those
 * that are deleted, or of a deleted experiment, are counted only.
 */
public final class MlflowFileStore implements RunStore {
  private static final String TRASH = ".trash";

  /** Folders of the root that are not experiments: the model registry and MLflow's own. */
  private static final Set<String> RESERVED = Set.of(TRASH, "models", "traces", ".mlflow");

  private final List<RunTask> tasks;

  private MlflowFileStore(List<RunTask> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  /** All experiments of a root whose names {@code wanted} takes. */
  public static MlflowFileStore ofRoot(Path root, Predicate<String> wanted, boolean digestArtifacts)
      throws RecordException {
    List<RunTask> tasks = new ArrayList<>();
    for (Path entry : Folder.list(root)) {
      boolean reserved = RESERVED.contains(Folder.name(entry));
      switch (Folder.kind(entry)) {
        case FOLDER -> {
          if (!reserved) {
            tasks.addAll(experiment(entry, wanted, digestArtifacts));
          }
        }
        case LINK -> tasks.add(unreadable(entry, "a symbolic link; links are not followed"));
        case FILE, OTHER, NOTHING -> {}
      }
    }
    Path trash = root.resolve(TRASH);
    if (Folder.kind(trash) == Folder.Kind.FOLDER) {
      tasks.add(new Deleted(inTrash(trash)));
    }
    return new MlflowFileStore(tasks);
  }

  /** The runs of one experiment's folder. */
  public static MlflowFileStore ofExperiment(Path folder, boolean digestArtifacts)
      throws RecordException {
    return new MlflowFileStore(experiment(folder, _ -> true, digestArtifacts));
  }

  /** The run of one run folder, whose parent is its experiment. */
  public static MlflowFileStore ofRun(Path folder, boolean digestArtifacts) {
    Path parent = folder.resolveSibling(".").normalize();
    return new MlflowFileStore(
        List.of(new FolderTask(Experiment.read(parent), folder, digestArtifacts)));
  }

  @Override
  public Iterator<RunTask> tasks() {
    return tasks.iterator();
  }

  @Override
  public boolean knowsIdentities() {
    return true;
  }

  @Override
  public long count() {
    return tasks.size();
  }

  @Override
  public void close() {}

  private static List<RunTask> experiment(
      Path folder, Predicate<String> wanted, boolean digestArtifacts) throws RecordException {
    Experiment experiment = Experiment.read(folder);
    List<Path> runs = experiment.runs();
    if (experiment.deleted()) {
      return List.of(new Deleted(runs.size()));
    }
    if (!wanted.test(experiment.name())) {
      return List.of();
    }
    if (experiment.problem().isPresent() && runs.isEmpty()) {
      return List.of(unreadable(folder, experiment.problem().get()));
    }
    return runs.stream()
        .<RunTask>map(run -> new FolderTask(experiment, run, digestArtifacts))
        .toList();
  }

  private static long inTrash(Path trash) throws RecordException {
    long count = 0;
    for (Path entry : Folder.list(trash)) {
      if (Folder.kind(entry) == Folder.Kind.FOLDER) {
        count += Experiment.read(entry).runs().size();
      }
    }
    return count;
  }

  private static RunTask unreadable(Path entry, String why) {
    return new Unreadable(entry, why);
  }

  /** A run's folder. */
  private record FolderTask(Experiment experiment, Path folder, boolean digestArtifacts)
      implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of(Texts.identity(MlflowFacts.SYSTEM, experiment.name(), Folder.name(folder)));
    }

    @Override
    public TaskResult read() {
      Optional<ReadRun> run = FileRunReader.read(experiment, folder, digestArtifacts);
      return run.map(TaskResult::of).orElseGet(() -> TaskResult.deleted(1));
    }
  }

  /** Runs that MLflow no longer lists. */
  private record Deleted(long count) implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of();
    }

    @Override
    public TaskResult read() {
      return TaskResult.deleted(count);
    }
  }

  /** Something among the experiments that is none: reported as a run that can't be read. */
  private record Unreadable(Path entry, String why) implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of(Texts.identity(MlflowFacts.SYSTEM, "", Folder.name(entry)));
    }

    @Override
    public TaskResult read() {
      RunDraft draft =
          new RunDraft(new Source(MlflowFacts.SYSTEM, entry.toString()), "", Folder.name(entry));
      draft.problem("", why);
      return TaskResult.of(new ReadRun(draft.build(), Optional.empty()));
    }
  }
}
