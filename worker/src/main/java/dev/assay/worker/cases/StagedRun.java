package dev.assay.worker.cases;

import dev.assay.model.json.CanonicalJson;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Run;
import dev.assay.registry.Documents;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionRow;
import dev.assay.registry.SetMember;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A revision that a remedy made or read, as an import set of its own. */
public final class StagedRun {
  private StagedRun() {}

  /**
   * Stages it.
   *
   * @param read digests of its files, if they were read
   * @return the import set, which has this run alone
   */
  public static UUID stage(Registry registry, Run run, Optional<ArtifactDigests> read) {
    RevisionRow revision = RevisionRow.of(run);
    SetMember member =
        new SetMember(
            run.identity(),
            revision.packed().digest(),
            run.source().location(),
            read.map(
                digests ->
                    registry
                        .documents()
                        .save(Documents.ARTIFACT_DIGESTS, CanonicalJson.encode(digests.toJson()))));
    UUID set = registry.importSets().create();
    registry.importSets().add(set, List.of(revision), List.of(member));
    registry.importSets().close(set);
    return set;
  }
}
