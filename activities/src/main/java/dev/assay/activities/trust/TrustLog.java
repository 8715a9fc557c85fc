package dev.assay.activities.trust;

import dev.assay.activities.trust.TrustState.Current;
import dev.assay.evidence.Envelope;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.trust.KeyRevocation;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustChange;
import dev.assay.registry.Documents;
import java.time.Clock;
import java.util.Set;
import java.util.SortedMap;

/**
 * Appends what changes who is trusted. All of it shares one sequence of keys, so that of two
 * changes at the same time the ledger refuses one: neither could otherwise be told to have been
 * signed by people who still were trusted.
 */
public final class TrustLog {
  private static final String ACTOR = "assay/trust";
  private static final String ENVELOPE = "Envelope";

  private final Ledger ledger;
  private final Documents documents;
  private final Clock clock;

  public TrustLog(Ledger ledger, Documents documents, Clock clock) {
    this.ledger = ledger;
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * Records the first document; repeated, the first receipt.
   *
   * @throws TrustRefusedException if another is on record
   */
  public Receipt pin(Trust trust) {
    documents.save(Trust.KIND, CanonicalJson.encode(trust.toJson()));
    return append(
        0,
        EntryKind.TRUST_PINNED,
        ACTOR,
        "trust",
        "PINNED",
        JsonObject.EMPTY.with(TrustChain.TRUST_DIGEST, trust.digest().hex()));
  }

  /** Seats of the quorum for changes that this envelope's signatures leave empty, by role. */
  public static SortedMap<String, Integer> missing(Current state, Envelope envelope) {
    return Signatures.missing(state, envelope);
  }

  /**
   * The change that follows a state.
   *
   * @throws TrustRefusedException if {@code trust} is in force already
   */
  public static TrustChange following(Current state, Trust trust) {
    if (trust.digest().equals(state.digest())) {
      throw new TrustRefusedException(
          "the document %s is in force already".formatted(state.digest()));
    }
    return new TrustChange(state.ledger(), state.digest(), trust.digest(), state.change() + 1);
  }

  /** Whether the key is one of a person with a role of the quorum for changes. */
  public static boolean mayChange(Current state, PublicKey key) {
    return !state.revoked().contains(key)
        && state.trust().owner(key).filter(one -> Signatures.inQuorum(state, one)).isPresent();
  }

  /**
   * Records a later document.
   *
   * @param envelope signed {@link TrustChange}
   * @throws TrustRefusedException if it doesn't follow {@code state}, or too few signed it
   */
  public Receipt change(Current state, Trust trust, Envelope envelope) {
    TrustChange change = TrustChange.of(envelope.statement());
    documents.save(Trust.KIND, CanonicalJson.encode(trust.toJson()));
    documents.save(ENVELOPE, envelope.encode());
    JsonObject payload =
        JsonObject.EMPTY
            .with(TrustChain.TRUST_DIGEST, trust.digest().hex())
            .with(TrustChain.PREVIOUS_DIGEST, change.previous().hex())
            .with(TrustChain.ORDINAL, change.ordinal())
            .with(TrustChain.ENVELOPE_DIGEST, envelope.digest().hex());
    new TrustChain(documents).next(state, EntryKind.TRUST_CHANGED, payload);
    return append(state.entries(), EntryKind.TRUST_CHANGED, ACTOR, "trust", "CHANGED", payload);
  }

  /**
   * Records that a key counts no more.
   *
   * @param envelope signed {@link KeyRevocation}
   * @throws TrustRefusedException if neither the key nor a person of the quorum signed it
   */
  public Receipt revoke(Current state, Envelope envelope) {
    PublicKey key = KeyRevocation.of(envelope.statement()).key();
    documents.save(ENVELOPE, envelope.encode());
    JsonObject payload =
        JsonObject.EMPTY
            .with(TrustChain.KEY, key.text())
            .with(TrustChain.ENVELOPE_DIGEST, envelope.digest().hex());
    new TrustChain(documents).next(state, EntryKind.KEY_REVOKED, payload);
    String actor =
        envelope.signers(Set.of()).stream().findFirst().map(PublicKey::text).orElse(ACTOR);
    return append(state.entries(), EntryKind.KEY_REVOKED, actor, key.text(), "REVOKED", payload);
  }

  private Receipt append(
      long number, String kind, String actor, String subject, String outcome, JsonObject payload) {
    try {
      return ledger.append(
          new NewEntry(
              Trusts.KEYS + number,
              kind,
              actor,
              subject,
              outcome,
              clock.instant(),
              Correlation.NONE,
              payload));
    } catch (IdempotencyConflictException e) {
      throw new TrustRefusedException(
          "entry %s%d is on record with other content: somebody was earlier; look at 'assay trust show', and run it again"
              .formatted(Trusts.KEYS, number),
          e);
    }
  }
}
