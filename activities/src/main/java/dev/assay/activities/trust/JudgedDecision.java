package dev.assay.activities.trust;

import dev.assay.activities.trust.TrustState.Current;
import dev.assay.evidence.Envelope;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.decision.Proposal;
import dev.assay.model.decision.Refusal;
import dev.assay.model.decision.Ruling;
import dev.assay.model.decision.Ruling.Accepted;
import dev.assay.model.decision.Ruling.Refused;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.statement.StatementException;
import dev.assay.model.trust.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A signed decision and whether it counts.
 *
 * @param statement what was signed
 * @param envelope digest of the envelope
 * @param signer the key that signed, whoever's it is; empty if the signature fits none
 * @param trust digest of the Trust document that it was judged by
 * @param ruling whether it counts
 */
public record JudgedDecision(
    DecisionStatement statement,
    Sha256 envelope,
    Optional<PublicKey> signer,
    Sha256 trust,
    Ruling ruling) {

  /**
   * Judges a decision by the rules of docs/trust.md.
   *
   * @param json the envelope
   * @throws dev.assay.evidence.EnvelopeException if it is no envelope of a statement
   * @throws StatementException if that is no decision, or the signatures aren't exactly one
   */
  public static JudgedDecision of(
      byte[] json,
      Current state,
      Optional<Proposal> pending,
      Collection<Accepted> before,
      Instant now) {
    Envelope envelope = Envelope.parse(json);
    if (envelope.size() != 1) {
      throw new StatementException(
          "a decision of %d signatures; each person signs their own".formatted(envelope.size()));
    }
    DecisionStatement statement = DecisionStatement.of(envelope.statement());
    Optional<PublicKey> signer = envelope.signers(state.trust().peoplesKeys()).stream().findFirst();
    Ruling ruling =
        signer
            .map(key -> state.rules().rule(key, statement, pending, before, now))
            .orElseGet(
                () ->
                    new Refused(
                        Refusal.NOT_TRUSTED_KEY,
                        "its signature isn't that of the key it names, or of any that is trusted; sign it again"));
    return new JudgedDecision(statement, envelope.digest(), signer, state.digest(), ruling);
  }

  /** The entry's payload, docs/formats/events.md: no names, no free text. */
  public JsonObject payload() {
    JsonObject common =
        JsonObject.EMPTY
            .with("action", statement.action().text())
            .with("decision", statement.decision())
            .with("envelopeDigest", envelope.hex())
            .with("ordinal", statement.ordinal())
            .with("runDigest", statement.digest().hex())
            .with("trustDigest", trust.hex());
    return switch (ruling) {
      case Accepted accepted ->
          common
              .with("person", accepted.person())
              .with("roles", JsonValue.strings(accepted.roles()));
      case Refused refused -> common.with("reason", refused.refusal().name());
    };
  }

  /** Who acted, for the entry: the key that signed, or the service if none did. */
  public String actor() {
    return signer.map(PublicKey::text).orElse("assay/decisions");
  }
}
