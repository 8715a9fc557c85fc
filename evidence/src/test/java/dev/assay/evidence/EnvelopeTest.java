package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.decision.DecisionAction;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.digest.Sha256;
import dev.assay.model.statement.Statement;
import dev.assay.model.statement.StatementException;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.TrustChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final String LEDGER = "assay/main/6f1c2b60-0000-4000-8000-000000000001";

  private static final DecisionStatement DECISION =
      new DecisionStatement(
          LEDGER,
          "case/c-0123456789ab",
          new Sha256("a".repeat(64)),
          3,
          DecisionAction.WAIVE,
          true,
          Optional.of(Instant.parse("2026-02-28T00:00:00Z")),
          Instant.parse("2026-02-01T12:00:00Z"));

  private static final TrustChange CHANGE =
      new TrustChange(LEDGER, new Sha256("b".repeat(64)), new Sha256("c".repeat(64)), 1);

  private static final PublicKey FIRST =
      new PublicKey("ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=");
  private static final PublicKey SECOND =
      new PublicKey("ed25519:gTl3Dqh9F19Wo1Rmw0x+zMuNipG07jeiXfYPW4/Js5Q=");

  /** The specification's own. */
  @Test
  void encoding_helloWorld_isTheSpecifications() {
    assertThat(
            new String(
                Envelope.encoding(
                    "http://example.com/HelloWorld",
                    "hello world".getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    assertThat(Envelope.encoding("ä", new byte[0]))
        .isEqualTo("DSSEv1 2 ä 0 ".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void parse_specificationsEnvelope_readsItAndVerifiesNoEcdsa() {
    Envelope envelope = Envelope.parse(resource("helloworld.json"));

    assertThat(envelope.payloadType()).isEqualTo("http://example.com/HelloWorld");
    assertThat(envelope.payload()).asString().isEqualTo("hello world");
    assertThat(envelope.signers(List.of(FIRST, SECOND))).isEmpty();
    assertThatThrownBy(envelope::statement)
        .isInstanceOf(EnvelopeException.class)
        .hasMessageContaining("payloadType");
  }

  /** Golden: made with Python's cryptography, byte for byte. */
  @Test
  void sign_decision_isWhatPythonMakes() {
    Envelope envelope = Envelope.sign(DECISION.statement(), key(1));

    assertThat(envelope.encode()).isEqualTo(resource("decision.json"));
    assertThat(envelope.digest().hex())
        .isEqualTo("c7fa418b4f66f0d75e97c4aa428d7606e877e50d79f96765cc63ef0cd8cf5df9");
  }

  @Test
  void parse_pythonsDecision_isVerifiedAndReadBack() {
    Envelope envelope = Envelope.parse(resource("decision.json"));

    assertThat(envelope.signers(List.of())).containsExactly(FIRST);
    assertThat(DecisionStatement.of(envelope.statement())).isEqualTo(DECISION);
  }

  /** Golden: two signatures. */
  @Test
  void and_secondKey_isWhatPythonMakes() {
    Envelope envelope = Envelope.sign(CHANGE.statement(), key(1)).and(key(2));

    assertThat(envelope.encode()).isEqualTo(resource("change.json"));
    assertThat(Envelope.parse(resource("change.json")).signers(List.of()))
        .containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(TrustChange.of(envelope.statement())).isEqualTo(CHANGE);
  }

  @Test
  void and_sameKeyAgain_changesNothing() {
    Envelope once = Envelope.sign(CHANGE.statement(), key(1));
    assertThat(once.and(key(1)).encode()).isEqualTo(once.encode());
  }

  @Test
  void and_keyOfAnotherType_isRefused() {
    assertThatThrownBy(
            () ->
                Envelope.sign(CHANGE.statement(), SigningKey.generate(KeyType.ED25519_COSIGNATURE)))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("ed25519-cosignature");
  }

  @Test
  void signers_signatureWithoutKeyId_isTriedWithTheTrusted() {
    String json = text("decision.json").replaceFirst("\"keyid\":\"[^\"]*\",", "");
    Envelope envelope = Envelope.parse(bytes(json));

    assertThat(envelope.signers(List.of(SECOND, FIRST))).containsExactly(FIRST);
    assertThat(envelope.signers(List.of(SECOND))).isEmpty();
  }

  @Test
  void signers_keyIdOfAnother_isNotBelieved() {
    String json = text("decision.json").replace(FIRST.text(), SECOND.text());
    assertThat(Envelope.parse(bytes(json)).signers(List.of(SECOND))).isEmpty();
  }

  @Test
  void signers_payloadOfAnotherType_isNotSigned() {
    String json = text("decision.json").replace("in-toto+json", "in-toto+jsom");
    assertThat(Envelope.parse(bytes(json)).signers(List.of(FIRST))).isEmpty();
  }

  /** The point of order 1: with R of order 1 and S = 0 it would "sign" everything. */
  @Test
  void signers_keyThatSignsEverything_isNoKey() {
    byte[] identity = new byte[32];
    identity[0] = 1;
    String forged =
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AQ%s==\"}]}"
            .formatted("A".repeat(84));
    assertThat(Envelope.parse(bytes(forged)).signers(List.of(PublicKey.of(identity)))).isEmpty();
  }

  @Test
  void parse_urlSafeBase64_isTheSameEnvelope() {
    String json = text("decision.json");
    String sig = json.substring(json.indexOf("\"sig\":\"") + 7, json.lastIndexOf('"'));
    String urlSafe = json.replace(sig, sig.replace('+', '-').replace('/', '_'));

    assertThat(urlSafe).isNotEqualTo(json);
    assertThat(Envelope.parse(bytes(urlSafe)).digest())
        .isEqualTo(Envelope.parse(bytes(json)).digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[]}",
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":{}}",
        "{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[{\"sig\":\"AA==\"}]}",
        "{\"payload\":\"\",\"payloadType\":1,\"signatures\":[{\"sig\":\"AA==\"}]}",
        "{\"payload\":\"AB==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}",
        "{\"payload\":\"AA\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}",
        "{\"payload\":\"+-==\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}",
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"k\"}]}",
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"*\"}]}",
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\",\"keyid\":1}]}",
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\",\"cert\":\"x\"}]}",
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}],\"x\":1}",
        "{\"payload\":\"\",\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}",
        "{\"payload\":\"\",\"payloadType\":\"\\ud800\",\"signatures\":[{\"sig\":\"AA==\"}]}",
        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]} x"
      })
  void parse_badEnvelope_isRefused(String json) {
    assertThatThrownBy(() -> Envelope.parse(bytes(json))).isInstanceOf(EnvelopeException.class);
  }

  @Test
  void parse_tooMuch_isRefused() {
    String many = String.join(",", Collections.nCopies(65, "{\"sig\":\"AA==\"}"));
    assertThatThrownBy(
            () ->
                Envelope.parse(
                    bytes(
                        "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[%s]}"
                            .formatted(many))))
        .isInstanceOf(EnvelopeException.class)
        .hasMessageContaining("1 to 64");
    assertThatThrownBy(() -> Envelope.parse(new byte[Envelope.MAX_BYTES + 1]))
        .isInstanceOf(EnvelopeException.class)
        .hasMessageContaining("at most 65536");
  }

  @Property(tries = 1000)
  void parse_randomBytes_givesOnlyItsOwnException(@ForAll @Size(max = 200) byte[] bytes) {
    try {
      assertThat(Envelope.parse(bytes).size()).isPositive();
    } catch (EnvelopeException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  /** One byte of a good one changed: refused, or not signed, or another spelling of the same. */
  @Property(tries = 1000)
  void parse_damagedEnvelope_neverSaysAnotherThing(
      @ForAll @IntRange(max = 900) int at, @ForAll byte with) {
    byte[] good = resource("decision.json");
    byte[] bytes = good.clone();
    bytes[at % bytes.length] = with;
    try {
      Envelope envelope = Envelope.parse(bytes);
      if (envelope.signers(List.of(FIRST)).contains(FIRST)) {
        assertThat(envelope.statement()).isEqualTo(DECISION.statement());
      } else {
        assertThat(Arrays.equals(bytes, good)).isFalse();
      }
    } catch (EnvelopeException | StatementException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void publicKey_ofVerifierKey_onlyOfEd25519() {
    assertThat(PublicKeys.of(key(1).named("a").verifierKey())).contains(FIRST);
    assertThat(PublicKeys.of(SigningKey.generate(KeyType.ML_DSA_44).named("a").verifierKey()))
        .isEmpty();
    assertThat(Statement.PAYLOAD_TYPE).startsWith("application/vnd.");
  }

  private static SigningKey key(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return new SigningKey(KeyType.ED25519, bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(String name) {
    return new String(resource(name), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = EnvelopeTest.class.getResourceAsStream("/dsse/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
