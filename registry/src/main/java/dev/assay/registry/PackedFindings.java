package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.FindingsColumns;
import dev.assay.model.verdict.FindingsForm;
import dev.assay.model.verdict.PlannedChecks;
import java.util.List;

/**
 * Findings as the registry keeps them: {@link FindingsColumns}, their messages included.
 *
 * @param digest SHA-256 of their {@link FindingsForm}, which leaves the messages out
 * @param body the findings in columns
 */
public record PackedFindings(Sha256 digest, byte[] body) {
  /** Most bytes of one run's findings, 16 MiB. */
  private static final int MAX_SIZE = 16 << 20;

  /** Digests and packs. Pure. */
  static PackedFindings pack(PlannedChecks checks, List<Finding> findings) {
    Bounds.atMost("findings of a run", findings.size(), FindingsForm.MAX_FINDINGS);
    byte[] body = FindingsColumns.pack(checks, findings);
    Bounds.atMost("bytes of a run's findings", body.length, MAX_SIZE);
    return new PackedFindings(checks.digest(findings), body);
  }

  /**
   * The findings, everything but their messages checked against the digest.
   *
   * @param checks the plan's
   * @throws JsonException if the body doesn't hold findings, or not those of the digest
   */
  List<Finding> unpack(PlannedChecks checks) {
    if (body.length > MAX_SIZE) {
      throw new JsonException("%d bytes, at most %d".formatted(body.length, MAX_SIZE));
    }
    List<Finding> findings = FindingsColumns.unpack(checks, body);
    Sha256 found = checks.digest(findings);
    if (!found.equals(digest)) {
      throw new JsonException("they have digest " + found);
    }
    return findings;
  }
}
