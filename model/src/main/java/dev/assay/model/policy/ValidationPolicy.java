package dev.assay.model.policy;

import dev.assay.model.cel.RunExpression;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.policy.Check.ArtifactCheck;
import dev.assay.model.policy.Check.CommandCheck;
import dev.assay.model.policy.Check.Comparison;
import dev.assay.model.policy.Check.DuplicateCheck;
import dev.assay.model.policy.Check.Observed;
import dev.assay.model.policy.Check.SqlCheck;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run must show to pass. Only {@link PolicyReader} makes one, so its stages are known to
 * have unique ids and no cycles.
 *
 * @param name the policy's name; cases belong to a run and a policy of this name
 * @param owners roles or people who answer for it
 * @param where selects the runs it judges; all if absent
 * @param stages at least one, in the order written
 * @param onFail what happens to runs that fail or can't be judged
 * @param cases how their cases are dealt with
 */
public record ValidationPolicy(
    String name,
    List<String> owners,
    Optional<RunExpression> where,
    List<Stage> stages,
    OnFail onFail,
    CasePolicy cases) {
  /** What documents call it. */
  public static final String KIND = "ValidationPolicy";

  public ValidationPolicy {
    owners = List.copyOf(owners);
    stages = List.copyOf(stages);
  }

  /**
   * The document with every default written out; {@link PolicyReader} reads it back to an equal
   * policy. Durations are in hours and less ({@code PT72H}), so that {@code P3D} and {@code PT72H}
   * are one policy.
   */
  public JsonObject toJson() {
    return PolicyWriter.write(this);
  }

  /**
   * SHA-256 of the canonical JSON (RFC 8785) of {@link #toJson}: comments, the order of keys and
   * defaults written or not make no difference.
   */
  public Sha256 digest() {
    return CanonicalJson.digest(toJson());
  }

  /** Every check in the order written. */
  public List<Check> checks() {
    return stages.stream().flatMap(stage -> stage.checks().stream()).toList();
  }

  /** The runs that checks compare with, each once. */
  public Set<RunReference> references() {
    return references(stages);
  }

  static Set<RunReference> references(List<Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.checks().stream())
        .filter(Comparison.class::isInstance)
        .map(check -> ((Comparison) check).run())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The checks that look for the same content in other runs. */
  public List<DuplicateCheck> duplicateChecks() {
    return checks().stream()
        .filter(DuplicateCheck.class::isInstance)
        .map(DuplicateCheck.class::cast)
        .toList();
  }

  /** Whether any check runs a program. */
  public boolean observes() {
    return checks().stream().anyMatch(Observed.class::isInstance);
  }

  /** Whether an importer must take the digest of the artifact at {@code path} for this policy. */
  public boolean needsDigest(String path) {
    return comparesFiles()
        || checks().stream()
            .anyMatch(
                check ->
                    switch (check) {
                      case ArtifactCheck artifacts ->
                          artifacts.digests() != DigestRule.NONE
                              && artifacts.require().stream().anyMatch(glob -> glob.matches(path));
                      case Observed observed -> observed.reads(path);
                      default -> false;
                    });
  }

  /** Whether any check needs digests of artifacts. */
  public boolean needsDigests() {
    return comparesFiles()
        || checks().stream()
            .anyMatch(
                check ->
                    switch (check) {
                      case ArtifactCheck artifacts -> artifacts.digests() != DigestRule.NONE;
                      case CommandCheck command -> !command.artifacts().isEmpty();
                      case SqlCheck sql -> !sql.tables().isEmpty();
                      default -> false;
                    });
  }

  private boolean comparesFiles() {
    return duplicateChecks().stream().anyMatch(check -> check.of().contains(RunPart.ARTIFACTS));
  }
}
