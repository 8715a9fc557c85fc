package dev.assay.activities.validation;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.observation.Observation;
import dev.assay.model.observation.Observations;
import dev.assay.model.plan.ObservationStatement;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.Document;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What programs showed of planned runs, from the registry.
 *
 * @param byRun by plan ordinal and check
 */
record PlannedObservations(Map<Integer, Map<String, Observation>> byRun) {
  /** Observations read at once: up to 64 KiB of output each. */
  private static final int PAGE = 100;

  /**
   * As {@link #read(Registry, String, List)}; nothing is asked for a policy that runs no program.
   */
  static PlannedObservations read(
      Registry registry, ValidationPolicy policy, String workflowId, List<PlanRow> rows) {
    return policy.observes() ? read(registry, workflowId, rows) : new PlannedObservations(Map.of());
  }

  /**
   * Of these rows, which follow one another in the plan.
   *
   * @throws EvidenceMissingException if a document is gone
   * @throws EvidenceDamagedException if one isn't what its digest says, or is about something else
   */
  static PlannedObservations read(Registry registry, String workflowId, List<PlanRow> rows) {
    if (rows.isEmpty()) {
      return new PlannedObservations(Map.of());
    }
    int from = rows.getFirst().ordinal();
    Map<Integer, Map<String, Observation>> byRun = new TreeMap<>();
    registry
        .observations()
        .read(workflowId, from, rows.getLast().ordinal() + 1)
        .forEach(
            (ordinal, digests) ->
                byRun.put(ordinal, read(registry, workflowId, rows.get(ordinal - from), digests)));
    return new PlannedObservations(byRun);
  }

  private static Map<String, Observation> read(
      Registry registry, String workflowId, PlanRow row, SortedMap<String, Sha256> digests) {
    Map<Sha256, Document> documents = registry.documents().findAll(digests.values());
    Map<String, Observation> read = new TreeMap<>();
    digests.forEach(
        (check, digest) -> {
          Document document =
              Optional.ofNullable(documents.get(digest))
                  .orElseThrow(
                      () ->
                          new EvidenceMissingException(
                              "%s, run %s: what check %s observed, %s, is not in the registry; restore the document from a backup"
                                  .formatted(workflowId, row.identity(), check, digest)));
          Observation observation = parse(document);
          if (!observation.check().equals(check)
              || !observation.runDigest().equals(row.runDigest())) {
            throw new EvidenceDamagedException(
                "%s, run %s: the observation of check %s is one of check %s and run %s. Restore registry.observation from a backup"
                    .formatted(
                        workflowId,
                        row.identity(),
                        check,
                        observation.check(),
                        observation.runDigest().abbreviated()));
          }
          read.put(check, observation);
        });
    return read;
  }

  private static Observation parse(Document document) {
    try {
      return Observation.fromJson(JsonReader.read(document.bytes()));
    } catch (JsonException e) {
      throw new EvidenceDamagedException(
          "document %s is no observation: %s. Restore registry.observation from a backup"
              .formatted(document.digest(), e.getMessage()));
    }
  }

  /** Those of one run. */
  Observations of(PlanRow row) {
    Map<String, Observation> ofRun = byRun.getOrDefault(row.ordinal(), Map.of());
    return check -> Optional.ofNullable(ofRun.get(check));
  }

  /** {@link ObservationStatement#root} over the runs {@code [from, to)}. */
  static Sha256 root(Registry registry, String workflowId, int from, int to) {
    SortedMap<Integer, SortedMap<String, Sha256>> all = new TreeMap<>();
    for (int at = from; at < to; at += PAGE) {
      all.putAll(registry.observations().read(workflowId, at, Math.min(to, at + PAGE)));
    }
    return ObservationStatement.root(all);
  }
}
