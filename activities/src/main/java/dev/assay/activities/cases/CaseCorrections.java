package dev.assay.activities.cases;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.EnvelopeException;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseRuling.Refused;
import dev.assay.model.cases.CaseRuling.Why;
import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.remedy.CorrectionStatement;
import dev.assay.model.statement.StatementException;
import dev.assay.model.trust.PublicKey;
import dev.assay.registry.Document;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;

/** Whether a signed correction counts: who signed it, and what it is about. */
public final class CaseCorrections {
  private final CaseServices services;
  private final String ledger;

  public CaseCorrections(CaseServices services, String ledger) {
    this.services = services;
    this.ledger = ledger;
  }

  /** Why a remedy can't be recorded, if it brings a correction that doesn't count. */
  Optional<Refused> refusal(CaseFile file, CaseCommand.Remediate wanted) {
    if (wanted.remedy().kind() != Remedy.Kind.CORRECT) {
      return Optional.empty();
    }
    if (wanted.remedy().details().isEmpty()) {
      return Optional.of(new Refused(Why.DECISION, "a correction without its document"));
    }
    return refusal(file, document(wanted.remedy().details().get()))
        .map(text -> new Refused(Why.DECISION, text));
  }

  /**
   * Why a signed correction doesn't count, if it doesn't.
   *
   * @param json the envelope
   * @throws dev.assay.activities.trust.TrustUnpinnedException if nobody is trusted
   */
  public Optional<String> refusal(CaseFile file, byte[] json) {
    return refusal(
        file,
        services.readers().apply(ledger).head().origin(),
        json,
        () -> services.trusts().apply(ledger).require());
  }

  /**
   * As {@link #refusal(CaseFile, byte[])}, for whoever verifies it.
   *
   * @param origin of the ledger
   * @param trust who was trusted then
   */
  public static Optional<String> refusal(
      CaseFile file, String origin, byte[] json, Supplier<Current> trust) {
    try {
      Envelope envelope = Envelope.parse(json);
      return wrongSubject(file, origin, CorrectionStatement.of(envelope.statement()))
          .or(() -> wrongSigner(envelope, trust.get()));
    } catch (EnvelopeException | StatementException e) {
      return Optional.of("the correction: " + e.getMessage());
    }
  }

  private static Optional<String> wrongSubject(
      CaseFile file, String origin, CorrectionStatement correction) {
    return correction.ledger().equals(origin)
            && correction.caseId().equals(file.opened().caseId())
            && correction.original().equals(file.runDigest())
        ? Optional.empty()
        : Optional.of(
            "the correction is of revision %s of case %s in %s; this is %s of %s in %s. Sign it again"
                .formatted(
                    correction.original().abbreviated(),
                    correction.caseId(),
                    correction.ledger(),
                    file.runDigest().abbreviated(),
                    file.opened().caseId(),
                    origin));
  }

  private static Optional<String> wrongSigner(Envelope envelope, Current trust) {
    SortedSet<PublicKey> signers = envelope.signers(trust.trust().peoplesKeys());
    if (envelope.size() != 1 || signers.isEmpty()) {
      return Optional.of(
          "the correction has %d signatures, %d of them right; one person signs it"
              .formatted(envelope.size(), signers.size()));
    }
    PublicKey signer = signers.first();
    if (trust.trust().owner(signer).isEmpty()) {
      return Optional.of(
          "NOT_TRUSTED_KEY: %s is no person's in the Trust document; 'assay trust show' lists them"
              .formatted(signer));
    }
    return trust.revoked().contains(signer)
        ? Optional.of("REVOKED_KEY: %s was revoked; sign with another key".formatted(signer))
        : Optional.empty();
  }

  private byte[] document(Sha256 digest) {
    return services
        .registry()
        .documents()
        .find(digest)
        .map(Document::bytes)
        .orElseThrow(
            () ->
                new EvidenceMissingException(
                    "correction %s is not in the registry; sign again".formatted(digest)));
  }
}
