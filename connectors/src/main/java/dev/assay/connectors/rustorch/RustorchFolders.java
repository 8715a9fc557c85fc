package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.FolderReader;
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

  /** Of a store also what is no folder: only reading shows it. */
  private final List<Path> entries;

  private final FolderReader reader;
  private final boolean digestArtifacts;

  private RustorchFolders(String experiment, List<Path> entries, boolean digestArtifacts) {
    this.experiment = experiment;
    this.entries = List.copyOf(entries);
    this.reader = FolderReader.of(entries.size());
    this.digestArtifacts = digestArtifacts;
  }

  /** All folders of a store, each of which is a run or should be; the experiment is its name. */
  public static RustorchFolders ofStore(Path store, boolean digestArtifacts)
      throws RecordException {
    return new RustorchFolders(Folder.name(store), Folder.list(store), digestArtifacts);
  }

  /** One run's folder. */
  public static RustorchFolders ofRun(Path folder, boolean digestArtifacts) {
    return new RustorchFolders(
        Folder.name(folder.resolveSibling(".").normalize()), List.of(folder), digestArtifacts);
  }

  @Override
  public Iterator<RunTask> tasks() {
    return entries.stream()
        .<RunTask>map(folder -> new FolderTask(experiment, folder, reader, digestArtifacts))
        .iterator();
  }

  @Override
  public boolean knowsIdentities() {
    return true;
  }

  @Override
  public long count() {
    return entries.size();
  }

  @Override
  public void close() {}

  private record FolderTask(
      String experiment, Path folder, FolderReader reader, boolean digestArtifacts)
      implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of(Texts.identity(RunFolder.SYSTEM, experiment, Folder.name(folder)));
    }

    @Override
    public TaskResult read() {
      return RunFolder.read(experiment, folder, reader.read(folder), digestArtifacts)
          .map(TaskResult::of)
          .orElseGet(() -> TaskResult.deleted(0));
    }
  }
}
