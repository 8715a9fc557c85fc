package dev.assay.worker.imports;

import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.ImportReport;
import dev.assay.connectors.Importer;
import dev.assay.connectors.SourceSpec;
import dev.assay.registry.Registry;
import java.util.List;
import java.util.UUID;

/**
 * Imports sources into the registry. Reading, packing and storing overlap: the importer's threads
 * parse, this class's threads pack and store a batch each, and a bound on batches in flight keeps
 * memory flat.
 */
public final class RunStaging {
  private final Registry registry;
  private final int workers;

  /**
   * @param workers threads that read, and as many that store; results don't depend on it
   */
  public RunStaging(Registry registry, int workers) {
    this.registry = registry;
    this.workers = workers;
  }

  /**
   * Reads every run of the sources into one new, closed import set.
   *
   * @param digestArtifacts whether to take digests of artifacts' bytes
   * @throws dev.assay.connectors.SourceException if a source can't be listed
   */
  public StagedRuns stage(
      List<SourceSpec> sources, boolean digestArtifacts, ImportListener listener) {
    UUID set = registry.importSets().create();
    try (Importer importer = Importer.open(sources, new ImportOptions(workers, digestArtifacts));
        BatchStore store = new BatchStore(registry, set, workers, listener)) {
      listener.expected(importer.count());
      ImportReport report = importer.read(store::add);
      store.finish();
      return new StagedRuns(set, registry.importSets().close(set), report);
    }
  }
}
