package dev.assay.model.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.decision.DecisionAction;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Timestamps;
import dev.assay.model.trust.KeyRevocation;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.TrustChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
  private static final String A = "a".repeat(64);

  private static final String GOOD =
      """
      {"_type":"https://in-toto.io/Statement/v1","predicate":{"action":"waive","decision":"approve",\
      "expires":"2026-02-01T12:00:00Z","ledger":"assay/main/1","ordinal":3,\
      "until":"2026-02-28T00:00:00Z"},"predicateType":"urn:assay:decision:v1",\
      "subject":[{"digest":{"sha256":"%s"},"name":"case/c-1"}]}"""
          .formatted(A);

  @Test
  void of_goodDecision_encodesBackToTheSameBytes() {
    DecisionStatement decision = decision(GOOD);
    assertThat(decision.action()).isEqualTo(DecisionAction.WAIVE);
    assertThat(new String(decision.statement().encode(), StandardCharsets.UTF_8)).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Statement/v1|Statement/v0.1|_type",
        "urn:assay:decision:v1|urn:assay:trust-change:v1|predicateType",
        "case/c-1|run/r-1|subject is case/",
        "case/c-1|case/|subject is case/",
        "\"name\":\"case/c-1\"|\"uri\":\"case/c-1\"|unknown member 'uri'",
        "sha256|sha512|unknown member 'sha512'",
        "aaaa|AAAA|64 lower-case",
        "\"ordinal\":3|\"ordinal\":-1|whole number",
        "\"ordinal\":3|\"ordinal\":3.5|whole number",
        "\"ordinal\":3|\"ordinal\":\"3\"|whole number",
        "\"ordinal\":3|\"ordinal\":9007199254740993|a double",
        "\"ordinal\":3|\"ordinal\":3,\"note\":\"x\"|unknown member 'note'",
        "\"ordinal\":3|\"ordinal\":3,\"ordinal\":3|duplicate key",
        "\"action\":\"waive\"|\"action\":\"release\"|'until' is for a waiver",
        "\"action\":\"waive\"|\"action\":\"reject\"|release or waive",
        "\"decision\":\"approve\"|\"decision\":\"yes\"|approve or decline",
        "\"until\":\"2026-02-28T00:00:00Z\"|\"until\":\"soon\"|a time in UTC",
        "2026-02-01T12:00:00Z|2026-02-01T13:00:00+01:00|a time in UTC",
        "2026-02-01T12:00:00Z|2026-02-01T12:00:00.000Z|a time in UTC",
        "2026-02-01T12:00:00Z|+999999999-02-01T12:00:00Z|a time in UTC",
        "\"ledger\":\"assay/main/1\",||'ledger' is missing",
        "assay/main/1|assay\\nmain|1 to 1024 characters",
        "assay/main/1|\\ud800|1 to 1024 characters",
        "\"subject\":[{|\"subject\":[{},{|list of 1 to 1",
        "}]}|}]}x|not JSON"
      })
  void of_badDecision_isRefused(String good, String bad, String why) {
    String json = GOOD.replace(good, bad == null ? "" : bad);
    assertThat(json).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> decision(json))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining(why);
  }

  @Test
  void of_waiverWithoutUntil_isRefused() {
    assertThatThrownBy(() -> decision(GOOD.replace(",\"until\":\"2026-02-28T00:00:00Z\"", "")))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("without it");
  }

  @Test
  void parse_tooLong_isRefused() {
    assertThatThrownBy(() -> Statement.parse(new byte[Statement.MAX_BYTES + 1]))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("at most 16384");
  }

  @Test
  void of_changeAndRevocation_readBack() {
    TrustChange change =
        new TrustChange("assay/main/1", new Sha256(A), new Sha256("b".repeat(64)), 7);
    KeyRevocation revocation = new KeyRevocation("assay/main/1", PublicKey.of(new byte[32]));

    assertThat(TrustChange.of(Statement.parse(change.statement().encode()))).isEqualTo(change);
    assertThat(KeyRevocation.of(Statement.parse(revocation.statement().encode())))
        .isEqualTo(revocation);
  }

  @Test
  void of_revocationWithAnotherDigest_isRefused() {
    Statement good = new KeyRevocation("l", PublicKey.of(new byte[32])).statement();
    Statement bad =
        new Statement(good.subject(), new Sha256(A), good.predicateType(), good.predicate());
    assertThatThrownBy(() -> KeyRevocation.of(bad)).isInstanceOf(StatementException.class);
  }

  @Property(tries = 500)
  void of_anyDecision_readsBack(
      @ForAll @LongRange(min = 0, max = (1L << 53) - 1) long ordinal,
      @ForAll @LongRange(min = -60_000_000_000_000_000L, max = 250_000_000_000_000_000L)
          long micros,
      @ForAll boolean approve,
      @ForAll boolean waive) {
    Instant time = Timestamps.instant(micros);
    DecisionStatement decision =
        new DecisionStatement(
            "assay/main/1",
            "case/c-1",
            new Sha256(A),
            ordinal,
            waive ? DecisionAction.WAIVE : DecisionAction.RELEASE,
            approve,
            waive ? Optional.of(time) : Optional.empty(),
            time);
    assertThat(DecisionStatement.of(Statement.parse(decision.statement().encode())))
        .isEqualTo(decision);
  }

  @Property(tries = 1000)
  void parse_randomBytes_givesOnlyItsOwnException(@ForAll @Size(max = 200) byte[] bytes) {
    try {
      assertThat(Statement.parse(bytes).subject()).isNotEmpty();
    } catch (StatementException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static DecisionStatement decision(String json) {
    return DecisionStatement.of(Statement.parse(json.getBytes(StandardCharsets.UTF_8)));
  }
}
