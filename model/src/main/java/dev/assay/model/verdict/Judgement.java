package dev.assay.model.verdict;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalWriter;
import java.util.List;

/**
 * A run's verdict and every finding that led to it, in the policy's order.
 *
 * @param verdict the run's verdict
 * @param findings one for each check of the policy, passes and skips included; empty only if the
 *     run is UNSELECTED
 */
public record Judgement(RunVerdict verdict, List<Finding> findings) {
  public Judgement {
    findings = List.copyOf(findings);
    if (findings.isEmpty() != (verdict == RunVerdict.UNSELECTED)) {
      throw new IllegalArgumentException(
          "a judgement has findings unless the run is UNSELECTED, got %s with %s"
              .formatted(verdict, findings.size()));
    }
  }

  /**
   * SHA-256 over the canonical JSON array of the findings without their messages, each as {@code
   * {check, limit, observed, severity, stage, verdict}}.
   */
  public Sha256 findingsDigest() {
    CanonicalWriter out = new CanonicalWriter(128 * findings.size() + 16).beginArray();
    for (Finding finding : findings) {
      out.beginObject()
          .key("check")
          .value(finding.check())
          .key("limit")
          .value(finding.limit())
          .key("observed")
          .value(finding.observed())
          .key("severity")
          .value(finding.severity().text())
          .key("stage")
          .value(finding.stage())
          .key("verdict")
          .value(finding.verdict().name())
          .endObject();
    }
    return Sha256.of(out.endArray().toByteArray());
  }
}
