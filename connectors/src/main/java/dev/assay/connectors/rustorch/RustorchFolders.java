package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunStore;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.record.TaskResult;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.RunIdentity;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Run folders of rustorch, as its trainer leaves them. */
public final class RustorchFolders implements RunStore {
  private final String experiment;
  private final List<Path> folders;
  private final boolean digestArtifacts;

  private RustorchFolders(String experiment, List<Path> folders, boolean digestArtifacts) {
    this.experiment = experiment;
    this.folders = List.copyOf(folders);
    this.digestArtifacts = digestArtifacts;
  }

  /** All folders of a store, each of which is a run or should be; the experiment is its name. */
  public static RustorchFolders ofStore(Path store, boolean digestArtifacts)
      throws RecordException {
    return new RustorchFolders(
        Folder.name(store),
        Folder.list(store).stream().filter(RustorchFolders::isFolderOrLink).toList(),
        digestArtifacts);
  }

  /** One run's folder. */
  public static RustorchFolders ofRun(Path folder, boolean digestArtifacts) {
    return new RustorchFolders(
        Folder.name(folder.resolveSibling(".").normalize()), List.of(folder), digestArtifacts);
  }

  @Override
  public Iterator<RunTask> tasks() {
    return folders.stream()
        .<RunTask>map(folder -> new FolderTask(experiment, folder, digestArtifacts))
        .iterator();
  }

  @Override
  public long count() {
    return folders.size();
  }

  @Override
  public void close() {}

  private static boolean isFolderOrLink(Path entry) {
    return switch (Folder.kind(entry)) {
      case FOLDER, LINK -> true;
      case FILE, OTHER, NOTHING -> false;
    };
  }

  private record FolderTask(String experiment, Path folder, boolean digestArtifacts)
      implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of(Texts.identity(RunFolder.SYSTEM, experiment, Folder.name(folder)));
    }

    @Override
    public TaskResult read() {
      return TaskResult.of(RunFolder.read(experiment, folder, digestArtifacts));
    }
  }
}
