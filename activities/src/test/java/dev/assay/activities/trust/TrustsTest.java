package dev.assay.activities.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.trust.TrustState.Broken;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.activities.trust.TrustState.Unpinned;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.PublicKeys;
import dev.assay.evidence.SigningKey;
import dev.assay.model.decision.DecisionAction;
import dev.assay.model.decision.Proposal;
import dev.assay.model.decision.Refusal;
import dev.assay.model.decision.Ruling.Accepted;
import dev.assay.model.decision.Ruling.Refused;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.statement.StatementException;
import dev.assay.model.trust.KeyRevocation;
import dev.assay.model.trust.Person;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Quorum;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustChange;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who is trusted, from entries that were appended, and from some that were edited. */
class TrustsTest {
  private static final SigningKey ANN = SigningKey.generate(KeyType.ED25519);
  private static final SigningKey BEN = SigningKey.generate(KeyType.ED25519);
  private static final SigningKey CLEO = SigningKey.generate(KeyType.ED25519);
  private static final SigningKey STRANGER = SigningKey.generate(KeyType.ED25519);

  private static final Instant LATER = Instant.parse("2026-02-01T12:00:00Z");

  private static final Trust FIRST = trust("first", 2);
  private static final Trust SECOND = trust("second", 1);
  private static final Trust THIRD = trust("third", 1);

  private final MemoryLedger ledger = new MemoryLedger();
  private final MemoryDocuments documents = new MemoryDocuments();
  private Optional<Sha256> pin = Optional.empty();

  private final TrustLog log =
      new TrustLog(ledger, documents, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  private final Trusts trusts = new Trusts(ledger, documents, _ -> pin);

  @Test
  void current_nothingPinned_saysWhatToDo() {
    assertThat(trusts.current())
        .isInstanceOfSatisfying(
            Unpinned.class, state -> assertThat(state.why()).contains("assay trust pin"));
  }

  @Test
  void current_pinnedByTheLedgerAlone_isNotTrusted() {
    log.pin(FIRST);
    assertThat(trusts.current()).isInstanceOf(Unpinned.class);
  }

  @Test
  void current_pinnedHereAndThere_isTheDocument() {
    pinFirst();
    Current state = current();
    assertThat(state.trust()).isEqualTo(FIRST);
    assertThat(state.digest()).isEqualTo(FIRST.digest());
    assertThat(state.change()).isZero();
  }

  @Test
  void current_pinnedHereAndEntryGone_isBroken() {
    pin = Optional.of(FIRST.digest());
    assertThat(broken()).contains("no such entry");
  }

  @Test
  void current_anotherIsPinnedInTheLedger_isBroken() {
    log.pin(SECOND);
    pin = Optional.of(FIRST.digest());
    assertThat(broken()).contains(FIRST.digest().hex(), SECOND.digest().hex());
  }

  @Test
  void pin_repeated_isOneEntryAndAnotherIsRefused() {
    assertThat(log.pin(FIRST)).isEqualTo(log.pin(FIRST));
    assertThat(ledger.entries).hasSize(1);
    assertThatThrownBy(() -> log.pin(SECOND)).isInstanceOf(TrustRefusedException.class);
  }

  @Test
  void change_quorumSigned_isInForceFromThere() {
    pinFirst();
    log.change(current(), SECOND, change(current(), SECOND, ANN, BEN));

    assertThat(current().trust()).isEqualTo(SECOND);
    assertThat(current().change()).isEqualTo(1);
    assertThat(((Current) trusts.at(1)).trust()).isEqualTo(FIRST);
    assertThat(((Current) trusts.at(2)).trust()).isEqualTo(SECOND);
    assertThat(trusts.at(0)).isInstanceOf(Unpinned.class);
  }

  @Test
  void change_tooFewOrNotTheirs_isRefused() {
    pinFirst();
    Current state = current();
    for (Envelope envelope :
        List.of(
            change(state, SECOND, ANN),
            change(state, SECOND, ANN, ANN),
            change(state, SECOND, ANN, STRANGER),
            change(state, SECOND, ANN, CLEO))) {
      assertThat(TrustLog.missing(state, envelope)).containsExactly(Map.entry("owner", 1));
      assertThatThrownBy(() -> log.change(state, SECOND, envelope))
          .isInstanceOf(TrustRefusedException.class)
          .hasMessageContaining("{owner=1} more");
    }
    assertThat(ledger.entries).hasSize(1);
  }

  @Test
  void change_signedForAnotherDocumentLedgerOrPlace_isRefused() {
    pinFirst();
    Current state = current();
    TrustChange right = new TrustChange(MemoryLedger.ORIGIN, FIRST.digest(), SECOND.digest(), 1);
    for (TrustChange wrong :
        List.of(
            new TrustChange("assay/main/other", right.previous(), right.next(), 1),
            new TrustChange(right.ledger(), THIRD.digest(), right.next(), 1),
            new TrustChange(right.ledger(), right.previous(), THIRD.digest(), 1),
            new TrustChange(right.ledger(), right.previous(), right.next(), 2))) {
      Envelope envelope = Envelope.sign(wrong.statement(), ANN).and(BEN);
      assertThatThrownBy(() -> log.change(state, SECOND, envelope))
          .isInstanceOf(TrustRefusedException.class);
    }
  }

  /** Back to the first document, the change that led away from it can't be played again. */
  @Test
  void change_playedAgain_isRefused() {
    pinFirst();
    Envelope away = change(current(), SECOND, ANN, BEN);
    log.change(current(), SECOND, away);
    log.change(current(), FIRST, change(current(), FIRST, ANN));

    assertThat(current().trust()).isEqualTo(FIRST);
    assertThatThrownBy(() -> log.change(current(), SECOND, away))
        .isInstanceOf(TrustRefusedException.class);
  }

  @Test
  void change_twoAtOnce_oneIsRefused() {
    pinFirst();
    Current state = current();
    log.change(state, SECOND, change(state, SECOND, ANN, BEN));
    assertThatThrownBy(() -> log.change(state, THIRD, change(state, THIRD, ANN, BEN)))
        .isInstanceOf(TrustRefusedException.class)
        .hasMessageContaining("somebody was earlier");
  }

  @Test
  void current_entryEdited_isBroken() {
    pinFirst();
    log.change(current(), SECOND, change(current(), SECOND, ANN, BEN));
    documents.save(Trust.KIND, CanonicalJson.encode(THIRD.toJson()));
    ledger.edit(
        "trust/1",
        ledger
            .entryByKey("trust/1")
            .orElseThrow()
            .payload()
            .with("trustDigest", THIRD.digest().hex()));

    assertThat(broken()).contains("what was signed");
  }

  @Test
  void current_documentOrEnvelopeGone_isBroken() {
    pinFirst();
    Envelope envelope = change(current(), SECOND, ANN, BEN);
    log.change(current(), SECOND, envelope);
    documents.rows.remove(envelope.digest());
    assertThat(broken()).contains("the envelope", "not in the registry");
    documents.save("Envelope", envelope.encode());
    documents.rows.remove(SECOND.digest());
    assertThat(broken()).contains("the Trust document", "not in the registry");
  }

  @Test
  void revoke_byTheKeyItselfOrAPersonOfTheQuorum_holdsFromThere() {
    pinFirst();
    log.revoke(current(), revocation(CLEO, CLEO));
    log.revoke(current(), revocation(BEN, ANN));

    assertThat(current().revoked())
        .containsExactlyInAnyOrder(PublicKeys.of(CLEO), PublicKeys.of(BEN));
    assertThat(((Current) trusts.at(2)).revoked()).containsExactly(PublicKeys.of(CLEO));
    assertThat(ledger.entries.get(2).actor()).isEqualTo(PublicKeys.of(ANN).text());
  }

  @Test
  void revoke_byOthers_isRefused() {
    pinFirst();
    for (SigningKey by : List.of(CLEO, STRANGER)) {
      assertThatThrownBy(() -> log.revoke(current(), revocation(BEN, by)))
          .isInstanceOf(TrustRefusedException.class)
          .hasMessageContaining("neither the key itself");
    }
  }

  @Test
  void change_byARevokedKey_doesNotCount() {
    pinFirst();
    log.revoke(current(), revocation(BEN, BEN));
    assertThatThrownBy(() -> log.change(current(), SECOND, change(current(), SECOND, ANN, BEN)))
        .isInstanceOf(TrustRefusedException.class);
    assertThatThrownBy(() -> log.revoke(current(), revocation(ANN, BEN)))
        .isInstanceOf(TrustRefusedException.class);
    assertThat(TrustLog.mayChange(current(), PublicKeys.of(BEN))).isFalse();
    assertThat(TrustLog.mayChange(current(), PublicKeys.of(ANN))).isTrue();
    assertThat(TrustLog.mayChange(current(), PublicKeys.of(CLEO))).isFalse();
  }

  @Test
  void judged_decisions_countByTheStateTheyMeet() {
    pinFirst();
    Proposal proposal = proposal();
    byte[] signed = Envelope.sign(proposal.decision(true, LATER).statement(), CLEO).encode();
    JudgedDecision good = judge(signed, proposal);

    assertThat(good.ruling())
        .isEqualTo(new Accepted("p-cleo", List.of("risk"), PublicKeys.of(CLEO), true));
    assertThat(good.actor()).isEqualTo(PublicKeys.of(CLEO).text());
    assertThat(CanonicalJson.encode(good.payload()))
        .asString()
        .contains("\"person\":\"p-cleo\"", "\"roles\":[\"risk\"]")
        .doesNotContain("mlflow");

    log.revoke(current(), revocation(CLEO, CLEO));
    assertThat(judge(signed, proposal).ruling())
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.REVOKED_KEY));
    assertThat(CanonicalJson.encode(judge(signed, proposal).payload()))
        .asString()
        .contains("\"reason\":\"REVOKED_KEY\"");
  }

  @Test
  void judged_signatureOfAnother_isNoTrustedKey() {
    pinFirst();
    Proposal proposal = proposal();
    Envelope mine = Envelope.sign(proposal.decision(true, LATER).statement(), STRANGER);
    String pretended =
        new String(mine.encode(), StandardCharsets.UTF_8)
            .replace(PublicKeys.of(STRANGER).text(), PublicKeys.of(CLEO).text());
    for (byte[] json : List.of(mine.encode(), pretended.getBytes(StandardCharsets.UTF_8))) {
      assertThat(judge(json, proposal).ruling())
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_TRUSTED_KEY));
    }
    assertThat(judge(mine.encode(), proposal).actor()).isEqualTo(PublicKeys.of(STRANGER).text());
    assertThat(judge(pretended.getBytes(StandardCharsets.UTF_8), proposal).actor())
        .isEqualTo("assay/decisions");
    assertThatThrownBy(() -> judge(mine.and(CLEO).encode(), proposal))
        .isInstanceOf(StatementException.class);
  }

  private JudgedDecision judge(byte[] json, Proposal proposal) {
    return JudgedDecision.of(json, current(), Optional.of(proposal), List.of(), Instant.EPOCH);
  }

  private static Proposal proposal() {
    return new Proposal(
        MemoryLedger.ORIGIN,
        "case/c-1",
        new Sha256("a".repeat(64)),
        1,
        DecisionAction.RELEASE,
        Optional.empty(),
        new Quorum(new TreeMap<>(Map.of("risk", 1))),
        true,
        List.of("mlflow:ann"));
  }

  private void pinFirst() {
    log.pin(FIRST);
    pin = Optional.of(FIRST.digest());
  }

  private Current current() {
    return (Current) trusts.current();
  }

  private String broken() {
    assertThat(trusts.current()).isInstanceOf(Broken.class);
    return ((Broken) trusts.current()).why();
  }

  private static Envelope change(
      Current state, Trust next, SigningKey first, SigningKey... others) {
    Envelope envelope =
        Envelope.sign(
            new TrustChange(MemoryLedger.ORIGIN, state.digest(), next.digest(), state.change() + 1)
                .statement(),
            first);
    for (SigningKey other : others) {
      envelope = envelope.and(other);
    }
    return envelope;
  }

  private static Envelope revocation(SigningKey of, SigningKey by) {
    return Envelope.sign(new KeyRevocation(MemoryLedger.ORIGIN, PublicKeys.of(of)).statement(), by);
  }

  private static Trust trust(String name, int owners) {
    return new Trust(
        name,
        List.of(
            person("p-ann", ANN, List.of("owner"), List.of("mlflow:ann")),
            person("p-ben", BEN, List.of("owner", "risk"), List.of()),
            person("p-cleo", CLEO, List.of("risk"), List.of())),
        List.of(),
        new TreeMap<>(Map.of("owner", owners)));
  }

  private static Person person(
      String id, SigningKey key, List<String> roles, List<String> sources) {
    PublicKey own = PublicKeys.of(key);
    return new Person(id, List.of(own), roles, sources);
  }
}
