package dev.assay.model.verdict;

import dev.assay.model.digest.Sha256;
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

  /** SHA-256 of the {@link FindingsForm}: messages left out. */
  public Sha256 findingsDigest() {
    return Sha256.of(FindingsForm.encode(findings));
  }
}
