package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import java.util.zip.DataFormatException;

/**
 * A run's judgement as the registry keeps it.
 *
 * @param planOrdinal the run's place in the plan
 * @param verdict the run's verdict
 * @param findingsDigest {@link Judgement#findingsDigest}: messages left out
 * @param rawSize bytes of the findings' canonical JSON, messages included
 * @param findings that JSON, deflated
 */
public record JudgementRow(
    int planOrdinal, RunVerdict verdict, Sha256 findingsDigest, int rawSize, byte[] findings) {
  /** Largest JSON of one run's findings, 16 MiB. */
  public static final int MAX_RAW_SIZE = 16 << 20;

  /** Encodes, digests and packs. Pure. */
  public static JudgementRow of(int planOrdinal, Judgement judgement) {
    Bounds.atMost("findings of a run", judgement.findings().size(), FindingsCodec.MAX_FINDINGS);
    byte[] json = FindingsCodec.encode(judgement.findings());
    Bounds.atMost("bytes of a run's findings", json.length, MAX_RAW_SIZE);
    return new JudgementRow(
        planOrdinal,
        judgement.verdict(),
        judgement.findingsDigest(),
        json.length,
        Deflate.pack(json));
  }

  /**
   * The verdict and the findings with their messages, everything but the messages checked against
   * the digest.
   *
   * @param run the plan's row of the same ordinal, for the message
   * @throws EvidenceDamagedException if they are not what the digest says
   */
  public Judgement judgement(PlanRow run) {
    Judgement judgement;
    Sha256 found;
    try {
      Bounds.atMost("bytes of a run's findings", rawSize, MAX_RAW_SIZE);
      judgement = new Judgement(verdict, FindingsCodec.decode(Deflate.unpack(findings, rawSize)));
      found = judgement.findingsDigest();
    } catch (DataFormatException | JsonException | IllegalArgumentException e) {
      throw damaged(run, "they can't be read: " + e.getMessage());
    }
    if (!found.equals(findingsDigest)) {
      throw damaged(run, "they have digest " + found);
    }
    return judgement;
  }

  private EvidenceDamagedException damaged(PlanRow run, String what) {
    return new EvidenceDamagedException(
        "findings %s of run %s, revision %s, plan ordinal %d: %s. Restore the row of registry.judgement from a backup, or validate the run again"
            .formatted(findingsDigest, run.identity(), run.runDigest(), planOrdinal, what));
  }
}
