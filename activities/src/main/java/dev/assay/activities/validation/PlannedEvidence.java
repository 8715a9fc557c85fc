package dev.assay.activities.validation;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunEvidence;
import dev.assay.registry.Document;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the checks of planned runs read, from the registry, by the digests that the plan pins. */
final class PlannedEvidence {
  private PlannedEvidence() {}

  /**
   * In the order of the rows.
   *
   * @param rows at most {@link Registry#BATCH}
   * @throws EvidenceMissingException if digests of artifacts are gone
   * @throws dev.assay.registry.EvidenceDamagedException if something isn't what its digest says
   */
  static List<RunEvidence> read(Registry registry, List<PlanRow> rows) {
    List<Run> runs = registry.runRevisions().readPlanned(rows);
    Map<Sha256, Document> documents = artifactDocuments(registry, rows);
    List<RunEvidence> evidence = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      PlanRow row = rows.get(i);
      evidence.add(
          new RunEvidence(
              runs.get(i),
              row.artifactsNow().map(digest -> digests(documents, digest)),
              row.artifactsFirst().map(digest -> digests(documents, digest))));
    }
    return evidence;
  }

  private static Map<Sha256, Document> artifactDocuments(Registry registry, List<PlanRow> rows) {
    List<Sha256> wanted =
        rows.stream()
            .flatMap(row -> Stream.of(row.artifactsNow(), row.artifactsFirst()))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    return wanted.isEmpty() ? Map.of() : registry.documents().findAll(wanted);
  }

  private static ArtifactDigests digests(Map<Sha256, Document> documents, Sha256 digest) {
    Document document = documents.get(digest);
    if (document == null) {
      throw new EvidenceMissingException(
          "artifact digests %s are not in the registry; import the run again".formatted(digest));
    }
    return ArtifactDigests.fromJson(JsonReader.read(document.bytes()));
  }
}
