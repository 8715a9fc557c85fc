package dev.assay.cli.quarantine;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.RunEvidence;
import dev.assay.registry.Document;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import java.util.List;
import java.util.Optional;

/** A run as a validation's plan had it: the revision, with the digests of its files. */
final class PlannedEvidence {
  private PlannedEvidence() {}

  /** Empty if the plan hasn't this revision. */
  static Optional<RunEvidence> find(Registry registry, String workflowId, RevisionKey key) {
    return registry.plans().find(workflowId, key).map(row -> evidence(registry, row));
  }

  private static RunEvidence evidence(Registry registry, PlanRow row) {
    return new RunEvidence(
        registry.runRevisions().readPlanned(List.of(row)).getFirst(),
        row.artifactsNow().map(digest -> digests(registry, digest)),
        row.artifactsFirst().map(digest -> digests(registry, digest)));
  }

  private static ArtifactDigests digests(Registry registry, Sha256 digest) {
    return ArtifactDigests.fromJson(JsonReader.read(document(registry, digest)));
  }

  /**
   * A document of the registry.
   *
   * @throws EvidenceMissingException if it isn't there
   */
  static byte[] document(Registry registry, Sha256 digest) {
    return registry
        .documents()
        .find(digest)
        .map(Document::bytes)
        .orElseThrow(
            () ->
                new EvidenceMissingException(
                    "document %s is not in the registry; import the run again".formatted(digest)));
  }
}
