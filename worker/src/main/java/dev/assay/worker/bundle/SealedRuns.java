package dev.assay.worker.bundle;

import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.bundle.ProvenVerdicts.Digests;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The roots that a plan's runs give: docs/formats/validation.md, "Plan" and "Outcome root".
 *
 * @param outcomeRoot empty if a run has no verdict of its digest
 */
record SealedRuns(Sha256 runsRoot, Optional<Sha256> outcomeRoot) {
  /**
   * Reads a plan's runs.
   *
   * @param verdicts by the run's ordinal
   * @throws JsonException if a line is no run's
   */
  static SealedRuns read(
      BoundedLines lines, Sha256 planDigest, LongFunction<Optional<Digests>> verdicts)
      throws IOException {
    MerkleRoot runs = new MerkleRoot();
    MerkleRoot outcome = new MerkleRoot();
    outcome.add(planDigest.bytes());
    boolean whole = true;
    for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
      Sha256 digest = digestOf(line.get());
      Optional<Digests> verdict =
          verdicts.apply(runs.size()).filter(recorded -> recorded.run().equals(digest));
      runs.add(line.get());
      whole &= verdict.isPresent();
      verdict.ifPresent(
          recorded -> outcome.add(recorded.run().bytes(), recorded.findings().bytes()));
    }
    return new SealedRuns(runs.root(), whole ? Optional.of(outcome.root()) : Optional.empty());
  }

  private static Sha256 digestOf(byte[] leaf) {
    if (StrictJson.read(leaf) instanceof JsonObject(var members)
        && members.get("digest") instanceof JsonString(String hex)
        && hex.matches("[0-9a-f]{64}")) {
      return new Sha256(hex);
    }
    throw new JsonException("a run of a plan has a digest");
  }
}
