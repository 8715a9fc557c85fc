package dev.assay.connectors;

import dev.assay.connectors.assayjson.AssayJsonStore;
import dev.assay.connectors.mlflow.MlflowDatabase;
import dev.assay.connectors.mlflow.MlflowFileStore;
import dev.assay.connectors.mlflow.rest.MlflowServer;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunStore;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.rustorch.RustorchFolders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads runs from sources, in the order of the sources and, within one, an order that its content
 * gives. Memory holds a bounded number of runs, and an identity a run. Not safe for use by several
 * threads.
 */
public final class Importer implements AutoCloseable {
  private final List<RunStore> stores;
  private final ImportOptions options;

  private Importer(List<RunStore> stores, ImportOptions options) {
    this.stores = stores;
    this.options = options;
  }

  /**
   * Opens the sources.
   *
   * @throws SourceException if one can't be listed
   * @throws dev.assay.connectors.mlflow.rest.ServerUnavailableException if a server can't be
   *     reached
   * @throws dev.assay.connectors.mlflow.rest.ServerRefusalException if a server refuses to list
   */
  public static Importer open(List<SourceSpec> specs, ImportOptions options) {
    List<RunStore> stores = new ArrayList<>();
    try {
      for (SourceSpec spec : specs) {
        stores.add(open(spec, options.digestArtifacts()));
      }
      return new Importer(List.copyOf(stores), options);
    } catch (RuntimeException e) {
      stores.forEach(RunStore::close);
      throw e;
    }
  }

  /** How many runs there are about: for progress, not for decisions. */
  public long count() {
    return stores.stream().mapToLong(RunStore::count).sum();
  }

  /**
   * Reads all runs and hands each to {@code sink} on the calling thread. Equal records of one
   * identity count once; different ones are delivered each, with a problem. What {@code sink}
   * throws ends the import and comes out of here, as does what {@link #open} may throw of a server.
   */
  public ImportReport read(Consumer<ImportedRun> sink) {
    return new ImportPass(stores, options.workers()).read(sink);
  }

  /** The tasks of all stores, for who looks for one run. */
  Iterator<RunTask> tasks() {
    return stores.stream()
        .<RunTask>mapMulti((store, sink) -> store.tasks().forEachRemaining(sink))
        .iterator();
  }

  @Override
  public void close() {
    stores.forEach(RunStore::close);
  }

  private static RunStore open(SourceSpec spec, boolean digestArtifacts) {
    try {
      return switch (spec) {
        case SourceSpec.MlflowRoot(var path, var experiment) ->
            MlflowFileStore.ofRoot(
                path,
                name -> experiment.isEmpty() || experiment.get().equals(name),
                digestArtifacts);
        case SourceSpec.MlflowExperiment(var path) ->
            MlflowFileStore.ofExperiment(path, digestArtifacts);
        case SourceSpec.MlflowRun(var path) -> MlflowFileStore.ofRun(path, digestArtifacts);
        case SourceSpec.MlflowSqlite(var path, var experiment) ->
            MlflowDatabase.open(path, experiment, digestArtifacts);
        case SourceSpec.MlflowTracking(var address, var access, var experiment) ->
            MlflowServer.open(address, access, experiment, digestArtifacts);
        case SourceSpec.RustorchStore(var path) -> RustorchFolders.ofStore(path, digestArtifacts);
        case SourceSpec.RustorchRun(var path) -> RustorchFolders.ofRun(path, digestArtifacts);
        case SourceSpec.AssayJsonFile(var path) -> AssayJsonStore.ofFile(path);
        case SourceSpec.AssayJsonFolder(var path) -> AssayJsonStore.ofFolder(path);
      };
    } catch (RecordException e) {
      throw new SourceException("%s: %s".formatted(spec.place(), e.getMessage()), e);
    }
  }
}
