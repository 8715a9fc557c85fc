package dev.assay.activities.validation;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.observation.Observations;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Baseline;
import dev.assay.model.run.Duplicates;
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
   * @param baselines what the plan pins for all of them
   * @throws EvidenceMissingException if a document is gone
   * @throws dev.assay.registry.EvidenceDamagedException if something isn't what its digest says
   */
  static List<RunEvidence> read(
      Registry registry, List<PlanRow> rows, Map<String, Baseline> baselines) {
    List<Run> runs = registry.runRevisions().readPlanned(rows);
    Map<Sha256, Document> documents = documents(registry, rows);
    List<RunEvidence> evidence = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      PlanRow row = rows.get(i);
      evidence.add(
          new RunEvidence(
              runs.get(i),
              row.artifactsNow().map(digest -> digests(documents, digest)),
              row.artifactsFirst().map(digest -> digests(documents, digest)),
              baselines,
              row.duplicates().map(digest -> duplicates(documents, digest)).orElse(Duplicates.NONE),
              Observations.NONE));
    }
    return evidence;
  }

  private static Map<Sha256, Document> documents(Registry registry, List<PlanRow> rows) {
    List<Sha256> wanted =
        rows.stream()
            .flatMap(row -> Stream.of(row.artifactsNow(), row.artifactsFirst(), row.duplicates()))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    return wanted.isEmpty() ? Map.of() : registry.documents().findAll(wanted);
  }

  private static ArtifactDigests digests(Map<Sha256, Document> documents, Sha256 digest) {
    return ArtifactDigests.fromJson(
        read(
            documents,
            digest,
            "artifact digests %s are not in the registry; import the run again"));
  }

  private static Duplicates duplicates(Map<Sha256, Document> documents, Sha256 digest) {
    return Duplicates.fromJson(
        read(
            documents,
            digest,
            "the duplicates of a run, %s, are not in the registry; restore the document from a backup"));
  }

  private static JsonValue read(Map<Sha256, Document> documents, Sha256 digest, String missing) {
    Document document = documents.get(digest);
    if (document == null) {
      throw new EvidenceMissingException(missing.formatted(digest));
    }
    return JsonReader.read(document.bytes());
  }
}
