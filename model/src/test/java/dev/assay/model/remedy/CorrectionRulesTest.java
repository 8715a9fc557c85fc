package dev.assay.model.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.decision.Refusal;
import dev.assay.model.decision.Ruling.Refused;
import dev.assay.model.digest.Sha256;
import dev.assay.model.remedy.CorrectionRules.Held;
import dev.assay.model.trust.Person;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each rule, broken alone, and in the order in which they are looked at. */
class CorrectionRulesTest {
  private static final PublicKey ANN = key(1);
  private static final PublicKey AL = key(2);
  private static final PublicKey EVE = key(3);
  private static final Sha256 HELD = Sha256.of(new byte[] {1});
  private static final List<String> RISK = List.of("risk");

  private static final Trust TRUST =
      new Trust(
          "t",
          List.of(
              new Person("p-ann", List.of(ANN), List.of("risk"), List.of()),
              new Person("p-al", List.of(AL), List.of("risk", "owner"), List.of("mlflow:al"))),
          List.of(),
          new TreeMap<>(Map.of("owner", 1)));

  @Test
  void refusal_nothingBroken_isNone() {
    assertThat(rule(RISK, ANN, signed("l", "c-1", HELD), by("mlflow:al"))).isEmpty();
    assertThat(rule(List.of(), ANN, signed("l", "c-1", HELD), by("mlflow:al"))).isEmpty();
  }

  @Test
  void refusal_wrongKey_isNamedBeforeAllElse() {
    CorrectionStatement other = signed("other", "c-2", Sha256.of(new byte[0]));
    assertThat(rule(RISK, EVE, other, by("mlflow:al"))).contains(Refusal.NOT_TRUSTED_KEY);
    assertThat(
            new CorrectionRules(TRUST, Set.of(ANN), RISK)
                .refusal(ANN, other, by("mlflow:al"))
                .map(Refused::refusal))
        .contains(Refusal.REVOKED_KEY);
  }

  @Test
  void refusal_signedForSomethingElse_saysWhat() {
    Held held = by("mlflow:al");
    Sha256 other = Sha256.of(new byte[] {9});
    assertThat(rule(RISK, ANN, signed("m", "c-2", other), held)).contains(Refusal.OTHER_LEDGER);
    assertThat(rule(RISK, ANN, signed("l", "c-2", other), held)).contains(Refusal.OTHER_SUBJECT);
    assertThat(rule(RISK, ANN, signed("l", "c-1", other), held)).contains(Refusal.OTHER_DIGEST);
  }

  @Test
  void refusal_withoutTheRole_comesBeforeTheAuthor() {
    assertThat(rule(List.of("legal"), AL, signed("l", "c-1", HELD), by("mlflow:al")))
        .contains(Refusal.NO_ROLE);
  }

  @Test
  void refusal_authorOrNobodyKnown_isNamed() {
    CorrectionStatement good = signed("l", "c-1", HELD);
    assertThat(rule(RISK, AL, good, by("mlflow:al"))).contains(Refusal.AUTHOR);
    assertThat(rule(RISK, AL, good, by("mlflow:al", "git:x"))).contains(Refusal.AUTHOR);
    assertThat(rule(RISK, ANN, good, by())).contains(Refusal.AUTHOR_UNKNOWN);
    assertThat(rule(RISK, ANN, good, by("mlflow:al", "git:x"))).contains(Refusal.AUTHOR_UNKNOWN);
    assertThat(rule(RISK, AL, good, new Held("l", "c-1", HELD, Optional.empty()))).isEmpty();
  }

  private static Optional<Refusal> rule(
      List<String> roles, PublicKey key, CorrectionStatement correction, Held held) {
    return new CorrectionRules(TRUST, Set.of(), roles)
        .refusal(key, correction, held)
        .map(Refused::refusal);
  }

  private static PublicKey key(int number) {
    byte[] raw = new byte[32];
    raw[0] = (byte) number;
    return PublicKey.of(raw);
  }

  private static Held by(String... authors) {
    return new Held("l", "c-1", HELD, Optional.of(List.of(authors)));
  }

  private static CorrectionStatement signed(String ledger, String caseId, Sha256 original) {
    return new CorrectionStatement(
        ledger,
        caseId,
        original,
        new Corrections(List.of(), new TreeMap<>(Map.of("team", "vision"))),
        HELD);
  }
}
