package dev.assay.model.plan;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.RunIdentity;
import java.util.Optional;

/**
 * One run of a plan, and by digest everything that checks will read of it.
 *
 * @param identity which run
 * @param runDigest which revision of it
 * @param artifactsNow digest of the artifact digests taken at this import, if taken
 * @param artifactsFirst digest of those taken first, if any were
 * @param duplicates digest of the {@link dev.assay.model.run.Duplicates} found in the set, if any
 */
public record PlannedRun(
    RunIdentity identity,
    Sha256 runDigest,
    Optional<Sha256> artifactsNow,
    Optional<Sha256> artifactsFirst,
    Optional<Sha256> duplicates) {

  /** The canonical JSON that is this run's leaf in the plan's tree. */
  public byte[] leaf() {
    JsonObject json =
        JsonObject.EMPTY
            .with("digest", runDigest.hex())
            .with("experiment", identity.experiment())
            .with("runId", identity.runId())
            .with("system", identity.system());
    if (artifactsNow.isPresent()) {
      json = json.with("artifactsNow", artifactsNow.get().hex());
    }
    if (artifactsFirst.isPresent()) {
      json = json.with("artifactsFirst", artifactsFirst.get().hex());
    }
    if (duplicates.isPresent()) {
      json = json.with("duplicates", duplicates.get().hex());
    }
    return CanonicalJson.encode(json);
  }
}
