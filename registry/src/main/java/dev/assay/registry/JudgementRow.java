package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import java.util.List;
import java.util.zip.DataFormatException;

/**
 * A run's judgement as the registry keeps it.
 *
 * @param planOrdinal the run's place in the plan
 * @param verdict the run's verdict
 * @param findings what led to it, packed
 */
public record JudgementRow(int planOrdinal, RunVerdict verdict, PackedFindings findings) {
  /** Encodes, digests and packs. Pure. */
  public static JudgementRow of(int planOrdinal, Judgement judgement) {
    return new JudgementRow(
        planOrdinal, judgement.verdict(), PackedFindings.pack(judgement.findings()));
  }

  /** {@link Judgement#findingsDigest}: messages left out. */
  public Sha256 findingsDigest() {
    return findings.digest();
  }

  /**
   * The findings with their messages, everything but the messages checked against the digest.
   *
   * @throws EvidenceDamagedException if they are not what the digest says
   */
  public List<Finding> decodeFindings() {
    return judgement().findings();
  }

  /** As {@link #decodeFindings}, with the verdict. */
  public Judgement judgement() {
    try {
      return new Judgement(verdict, findings.unpack());
    } catch (DataFormatException | JsonException | IllegalArgumentException e) {
      throw new EvidenceDamagedException(
          "findings %s of plan ordinal %d: %s. Restore the row from a backup, or reproduce the validation"
              .formatted(findingsDigest(), planOrdinal, e.getMessage()));
    }
  }
}
