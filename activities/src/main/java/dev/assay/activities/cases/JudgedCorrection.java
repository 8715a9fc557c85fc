package dev.assay.activities.cases;

import dev.assay.activities.trust.TrustState.Current;
import dev.assay.evidence.Envelope;
import dev.assay.model.decision.Refusal;
import dev.assay.model.decision.Ruling.Refused;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.remedy.CorrectionRules;
import dev.assay.model.remedy.CorrectionStatement;
import dev.assay.model.trust.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A signed correction and whether it counts.
 *
 * @param statement what was signed
 * @param envelope digest of the envelope
 * @param signer the key that signed, whoever's it is; empty if the signature fits none
 * @param trust digest of the Trust document that it was judged by
 * @param refused why it doesn't count, if it doesn't
 */
record JudgedCorrection(
    CorrectionStatement statement,
    Sha256 envelope,
    Optional<PublicKey> signer,
    Sha256 trust,
    Optional<Refused> refused) {

  static JudgedCorrection of(
      Envelope envelope,
      CorrectionStatement statement,
      Current trust,
      List<String> roles,
      CorrectionRules.Held held) {
    Optional<PublicKey> signer = envelope.signers(trust.trust().peoplesKeys()).stream().findFirst();
    CorrectionRules rules = new CorrectionRules(trust.trust(), trust.revoked(), roles);
    return new JudgedCorrection(
        statement,
        envelope.digest(),
        signer,
        trust.digest(),
        signer.isPresent()
            ? rules.refusal(signer.get(), statement, held)
            : Optional.of(
                new Refused(
                    Refusal.NOT_TRUSTED_KEY,
                    "its signature isn't that of a person of the Trust document; 'assay trust show' lists them")));
  }

  /** The entry's payload, docs/formats/events.md: no names, no free text. */
  JsonObject payload(Refused why) {
    return JsonObject.EMPTY
        .with("action", "correct")
        .with("envelopeDigest", envelope.hex())
        .with("reason", why.refusal().name())
        .with("runDigest", statement.original().hex())
        .with("trustDigest", trust.hex());
  }

  /** Who acted, for the entry: the key that signed, or the service if none did. */
  String actor() {
    return signer.map(PublicKey::text).orElse("assay/decisions");
  }
}
