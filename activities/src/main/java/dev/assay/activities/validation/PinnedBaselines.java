package dev.assay.activities.validation;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.plan.PinnedRun;
import dev.assay.model.plan.PlanPins;
import dev.assay.model.policy.RunReference;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.Baseline;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.Document;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The runs that a plan pins for its checks to compare with, by what the policy calls them. */
public final class PinnedBaselines {
  private PinnedBaselines() {}

  /**
   * From the registry; none if the plan pins none.
   *
   * @throws EvidenceMissingException if the document is gone
   * @throws EvidenceDamagedException if a run or the header isn't what its digest says
   */
  public static Map<String, Baseline> read(Registry registry, PlanHeader header) {
    if (!header.header().members().containsKey("pins")) {
      return Map.of();
    }
    Map<String, Baseline> baselines = new HashMap<>();
    pins(registry, header)
        .runs()
        .forEach((text, pinned) -> baselines.put(text, baseline(registry, pinned)));
    return baselines;
  }

  /**
   * What the plan pins.
   *
   * @throws EvidenceMissingException if the document is gone
   * @throws EvidenceDamagedException if the header isn't what its digest says
   */
  static PlanPins pins(Registry registry, PlanHeader header) {
    if (!CanonicalJson.digest(header.header()).equals(header.digest())
        || !(header.header().members().get("pins") instanceof JsonString(String hex))) {
      throw new EvidenceDamagedException(
          "plan %s: its header is another one. Restore the row of registry.plan from a backup"
              .formatted(header.digest()));
    }
    Document document =
        registry
            .documents()
            .find(new Sha256(hex))
            .orElseThrow(
                () ->
                    new EvidenceMissingException(
                        "what plan %s pins, document %s, is not in the registry; restore it from a backup"
                            .formatted(header.digest(), hex)));
    try {
      return PlanPins.fromJson(JsonReader.read(document.bytes()));
    } catch (JsonException e) {
      throw new EvidenceDamagedException(
          "document %s, which plan %s pins: %s".formatted(hex, header.digest(), e.getMessage()));
    }
  }

  /** Whether these aren't the runs that the policy names. */
  static Optional<String> difference(Map<String, Baseline> baselines, ValidationPolicy policy) {
    Map<String, RunReference> wanted =
        policy.references().stream()
            .collect(Collectors.toMap(RunReference::text, reference -> reference));
    if (!wanted.keySet().equals(baselines.keySet())) {
      return Optional.of(
          "it pins the runs %s, the policy names %s"
              .formatted(new TreeSet<>(baselines.keySet()), new TreeSet<>(wanted.keySet())));
    }
    return wanted.values().stream()
        .filter(
            reference ->
                baselines.get(reference.text())
                        instanceof Baseline.Known(var identity, var digest, _)
                    && reference.fit(identity, digest) == RunReference.Fit.NONE)
        .map(reference -> "the run that it pins is none that is called '%s'".formatted(reference))
        .findFirst();
  }

  private static Baseline baseline(Registry registry, PinnedRun pinned) {
    return switch (pinned) {
      case PinnedRun.Unresolved(String why) -> new Baseline.Unknown(why);
      case PinnedRun.Found(RunIdentity identity, Sha256 digest) ->
          new Baseline.Known(
              identity,
              digest,
              registry.runRevisions().read(List.of(new RevisionKey(identity, digest))).getFirst());
    };
  }
}
