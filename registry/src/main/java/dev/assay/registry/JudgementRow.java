package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.model.verdict.RunVerdict;

/**
 * A run's judgement as the registry keeps it.
 *
 * @param planOrdinal the run's place in the plan
 * @param verdict the run's verdict
 * @param findings what led to it, packed
 */
public record JudgementRow(int planOrdinal, RunVerdict verdict, PackedFindings findings) {
  /** Encodes, digests and packs. Pure. */
  public static JudgementRow of(PlannedChecks checks, int planOrdinal, Judgement judgement) {
    return new JudgementRow(
        planOrdinal, judgement.verdict(), PackedFindings.pack(checks, judgement.findings()));
  }

  /** {@link Judgement#findingsDigest}: messages left out. */
  public Sha256 findingsDigest() {
    return findings.digest();
  }

  /**
   * The verdict and the findings with their messages, everything but the messages checked against
   * the digest.
   *
   * @param checks the plan's
   * @param run the plan's row of the same ordinal, for the message
   * @throws EvidenceDamagedException if they are not what the digest says
   */
  public Judgement judgement(PlannedChecks checks, PlanRow run) {
    try {
      return new Judgement(verdict, findings.unpack(checks));
    } catch (JsonException | IllegalArgumentException e) {
      throw new EvidenceDamagedException(
          "findings %s of run %s, revision %s, plan ordinal %d: %s. Restore the row of registry.judgement, and the checks in the row of registry.plan, from a backup, or validate the run again"
              .formatted(
                  findingsDigest(), run.identity(), run.runDigest(), planOrdinal, e.getMessage()));
    }
  }
}
