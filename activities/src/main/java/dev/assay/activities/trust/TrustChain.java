package dev.assay.activities.trust;

import dev.assay.activities.trust.TrustState.Current;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.EnvelopeException;
import dev.assay.ledger.EntryKind;
import dev.assay.model.digest.Sha256;
import dev.assay.model.document.DocumentException;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.statement.Members;
import dev.assay.model.statement.StatementException;
import dev.assay.model.trust.KeyRevocation;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustChange;
import dev.assay.model.trust.TrustReader;
import dev.assay.registry.Document;
import dev.assay.registry.Documents;
import dev.assay.registry.EvidenceDamagedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * What each entry of trust makes of the state before it. The same steps decide whether one may be
 * appended and whether it is believed when it is read.
 */
final class TrustChain {
  static final String TRUST_DIGEST = "trustDigest";
  static final String PREVIOUS_DIGEST = "previousDigest";
  static final String ENVELOPE_DIGEST = "envelopeDigest";
  static final String ORDINAL = "ordinal";
  static final String KEY = "key";

  private final Documents documents;

  TrustChain(Documents documents) {
    this.documents = documents;
  }

  /**
   * The state after the first entry.
   *
   * @param pinned the digest that the consumer trusts
   * @throws TrustRefusedException if the entry isn't that
   */
  Current first(String origin, Sha256 pinned, String kind, JsonObject payload) {
    return checked(
        () -> {
          require(kind.equals(EntryKind.TRUST_PINNED), "it is a %s".formatted(kind));
          Sha256 digest =
              Members.of("its payload", payload, List.of(TRUST_DIGEST)).digest(TRUST_DIGEST);
          require(
              digest.equals(pinned),
              "it pins the document %s, and this home trusts %s; find out which is right"
                  .formatted(digest, pinned));
          return new Current(origin, trust(digest), digest, 0, 1, Set.of());
        });
  }

  /**
   * The state after another entry.
   *
   * @throws TrustRefusedException if the entry isn't allowed there
   */
  Current next(Current state, String kind, JsonObject payload) {
    return checked(
        () ->
            switch (kind) {
              case EntryKind.TRUST_CHANGED -> changed(state, payload);
              case EntryKind.KEY_REVOKED -> revoked(state, payload);
              default ->
                  throw new TrustRefusedException(
                      "it is a %s, expected %s or %s"
                          .formatted(kind, EntryKind.TRUST_CHANGED, EntryKind.KEY_REVOKED));
            });
  }

  private Current changed(Current state, JsonObject payload) {
    Members members =
        Members.of(
            "its payload",
            payload,
            List.of(ENVELOPE_DIGEST, ORDINAL, PREVIOUS_DIGEST, TRUST_DIGEST));
    Sha256 next = members.digest(TRUST_DIGEST);
    TrustChange expected =
        new TrustChange(state.ledger(), state.digest(), next, state.change() + 1);
    require(
        members.digest(PREVIOUS_DIGEST).equals(state.digest())
            && members.count(ORDINAL) == expected.ordinal(),
        "it doesn't follow the document in force, change %d, %s"
            .formatted(state.change(), state.digest()));
    Envelope envelope = envelope(members.digest(ENVELOPE_DIGEST));
    TrustChange signed = TrustChange.of(envelope.statement());
    require(
        signed.equals(expected),
        "what was signed is %s, expected %s; propose the document again"
            .formatted(signed, expected));
    SortedMap<String, Integer> missing = Signatures.missing(state, envelope);
    require(missing.isEmpty(), "its signatures are too few: %s more".formatted(missing));
    return new Current(
        state.ledger(),
        trust(next),
        next,
        expected.ordinal(),
        state.entries() + 1,
        state.revoked());
  }

  private Current revoked(Current state, JsonObject payload) {
    Members members = Members.of("its payload", payload, List.of(ENVELOPE_DIGEST, KEY));
    Envelope envelope = envelope(members.digest(ENVELOPE_DIGEST));
    KeyRevocation signed = KeyRevocation.of(envelope.statement());
    require(
        signed.ledger().equals(state.ledger()) && signed.key().text().equals(members.text(KEY)),
        "what was signed is %s, for ledger %s".formatted(signed, state.ledger()));
    require(
        envelope.signers(Set.of(signed.key())).contains(signed.key())
            || Signatures.anyOfQuorum(state, envelope),
        "neither the key itself nor a person with a role of the quorum %s signed it"
            .formatted(state.trust().changeQuorum().keySet()));
    Set<PublicKey> revoked = new HashSet<>(state.revoked());
    revoked.add(signed.key());
    return new Current(
        state.ledger(),
        state.trust(),
        state.digest(),
        state.change(),
        state.entries() + 1,
        revoked);
  }

  private Trust trust(Sha256 digest) {
    Trust trust =
        TrustReader.read(
            document(digest, "the Trust document").bytes(), digest.abbreviated() + ".json");
    require(
        trust.digest().equals(digest),
        "the Trust document %s isn't in its canonical form".formatted(digest));
    return trust;
  }

  private Envelope envelope(Sha256 digest) {
    Envelope envelope = Envelope.parse(document(digest, "the envelope").bytes());
    require(
        envelope.digest().equals(digest),
        "the envelope %s isn't in its canonical form".formatted(digest));
    return envelope;
  }

  private Document document(Sha256 digest, String what) {
    return documents
        .find(digest)
        .orElseThrow(
            () ->
                new TrustRefusedException(
                    "%s %s is not in the registry; restore the database from a backup"
                        .formatted(what, digest)));
  }

  private static void require(boolean holds, String why) {
    if (!holds) {
      throw new TrustRefusedException(why);
    }
  }

  private interface Step {
    Current take();
  }

  private static Current checked(Step step) {
    try {
      return step.take();
    } catch (StatementException
        | EnvelopeException
        | DocumentException
        | EvidenceDamagedException e) {
      throw new TrustRefusedException(String.valueOf(e.getMessage()), e);
    }
  }
}
