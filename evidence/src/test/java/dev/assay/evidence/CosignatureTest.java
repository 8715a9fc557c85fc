package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.evidence.NoteSignatureException.Reason;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors of {@code checkpoint.json} and {@code proof.json}, made by other implementations. */
class CosignatureTest {
  private static final JsonObject VECTOR = Vectors.read("checkpoint.json");
  private static final Instant TIME = Instant.ofEpochSecond(1_764_000_000);
  private static final VerifierKey LOG = VerifierKey.parse(text("logVkey"));
  private static final VerifierKey WITNESS = VerifierKey.parse(text("witnessVkeyType04"));
  private static final VerifierKey PQ = VerifierKey.parse(text("pqVkey"));

  @Test
  void named_testSeeds_giveTheVectorsVkeys() {
    assertThat(signer(KeyType.ED25519, "logSeed", LOG.name()).verifierKey())
        .hasToString(text("logVkey"));
    assertThat(signer(KeyType.ED25519_COSIGNATURE, "witnessSeed", WITNESS.name()).verifierKey())
        .hasToString(text("witnessVkeyType04"));
    assertThat(signer(KeyType.ED25519, "witnessSeed", WITNESS.name()).verifierKey())
        .hasToString(text("witnessVkeyAsType01"));
    assertThat(signer(KeyType.ML_DSA_44, "pqSeed", PQ.name()).verifierKey())
        .hasToString(text("pqVkey"));
  }

  @Test
  void cosign_testSeeds_giveTheVectorsBytes() {
    SignedNote signed = signer(KeyType.ED25519, "logSeed", LOG.name()).sign(text("checkpointBody"));
    assertThat(signed).hasToString(text("checkpoint"));

    SignedNote witnessed =
        signer(KeyType.ED25519_COSIGNATURE, "witnessSeed", WITNESS.name()).cosign(signed, TIME);
    assertThat(witnessed.toString()).endsWith(text("edCosignatureLine"));

    SignedNote both = signer(KeyType.ML_DSA_44, "pqSeed", PQ.name()).cosign(witnessed, TIME);
    assertThat(both).hasToString(text("checkpointCosigned"));
  }

  @Test
  void of_vectors_givesTheSignedBytes() {
    String body = text("checkpointBody");
    assertThat(SignedBytes.of(KeyType.ED25519_COSIGNATURE, "w", body, TIME.getEpochSecond()))
        .isEqualTo(text("edSignedMessage").getBytes(StandardCharsets.UTF_8));
    assertThat(
            HexFormat.of()
                .formatHex(
                    SignedBytes.of(KeyType.ML_DSA_44, PQ.name(), body, TIME.getEpochSecond())))
        .isEqualTo(text("pqSignedMessageHex"));
  }

  @Test
  void verify_cosignedNote_yieldsTheTimesOfTheCosigners() {
    SignedNote note = SignedNote.parse(text("checkpointCosigned"));
    assertThat(note.verify(LOG)).isEmpty();
    assertThat(note.verify(WITNESS)).contains(TIME);
    assertThat(note.verify(PQ)).contains(TIME);
  }

  @Test
  void verify_cosignedTwice_yieldsTheLaterTime() {
    NoteSigner witness = signer(KeyType.ED25519_COSIGNATURE, "witnessSeed", WITNESS.name());
    SignedNote note = SignedNote.parse(text("checkpoint"));
    SignedNote twice =
        witness.cosign(witness.cosign(note, TIME.plusSeconds(9)), TIME.minusSeconds(1));
    assertThat(twice.verify(WITNESS)).contains(TIME.plusSeconds(9));
  }

  @Test
  void verify_proofsAndRequestsNote_passes() {
    JsonObject proof = Vectors.read("proof.json");
    SignedNote cosigned = SignedNote.parse(afterFirstEmptyLine(Vectors.text(proof, "tlogProof")));
    assertThat(cosigned.verify(LOG)).isEmpty();
    assertThat(cosigned.verify(WITNESS)).contains(TIME);
    assertThat(cosigned.verify(PQ)).contains(TIME);
    SignedNote request =
        SignedNote.parse(afterFirstEmptyLine(Vectors.text(proof, "witnessAddCheckpointRequest")));
    assertThat(request).hasToString(text("checkpoint"));
  }

  @Test
  void verify_cosignatureAsType01_isAnotherKey() {
    SignedNote note = SignedNote.parse(text("checkpointCosigned"));
    VerifierKey type01 = VerifierKey.parse(text("witnessVkeyAsType01"));
    assertThatThrownBy(() -> note.verify(type01))
        .isInstanceOfSatisfying(
            NoteSignatureException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_KEY));
  }

  static Stream<JsonValue> invalid() {
    return Vectors.list(VECTOR, "invalid").stream();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void verify_invalidVector_isRefusedByTheWitnessesKeys(JsonObject vector) {
    SignedNote note = SignedNote.parse(Vectors.text(vector, "note"));
    for (VerifierKey key : List.of(WITNESS, PQ)) {
      assertThatThrownBy(
              () -> {
                note.verify(key);
                Checkpoint.parse(note.text());
              })
          .isInstanceOfAny(NoteException.class, NoteSignatureException.class);
    }
  }

  @Test
  void cosign_noCheckpoint_isRefusedByMlDsa() {
    NoteSigner cosigner = signer(KeyType.ML_DSA_44, "pqSeed", PQ.name());
    SignedNote note = signer(KeyType.ED25519, "logSeed", LOG.name()).sign("no checkpoint\n");
    assertThatThrownBy(() -> cosigner.cosign(note, TIME)).isInstanceOf(NoteException.class);
  }

  @Test
  void cosign_nameBeyondAByteOfLength_isRefusedByMlDsa() {
    NoteSigner cosigner = signer(KeyType.ML_DSA_44, "pqSeed", "n".repeat(256));
    SignedNote note = SignedNote.parse(text("checkpoint"));
    assertThatThrownBy(() -> cosigner.cosign(note, TIME))
        .isInstanceOf(NoteException.class)
        .hasMessageContaining("256 bytes");
  }

  @Test
  void sign_cosigner_needsATime() {
    NoteSigner cosigner = signer(KeyType.ED25519_COSIGNATURE, "witnessSeed", WITNESS.name());
    assertThatThrownBy(() -> cosigner.sign(text("checkpointBody")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Property(tries = 200)
  void verify_damagedCosignature_isRefused(@ForAll int at, @ForAll byte change) {
    SignedNote note = SignedNote.parse(text("checkpointCosigned"));
    for (VerifierKey key : List.of(WITNESS, PQ)) {
      byte[] signature =
          note.signatures().stream()
              .filter(line -> line.keyId() == key.keyId())
              .findFirst()
              .orElseThrow()
              .signature();
      signature[Math.floorMod(at, signature.length)] ^= (byte) (change == 0 ? 1 : change);
      assertThat(key.verify(note.text(), signature)).isEmpty();
    }
  }

  @Property(tries = 200)
  void verify_randomSignature_isRefused(@ForAll byte[] signature) {
    assertThat(PQ.verify(text("checkpointBody"), signature)).isEmpty();
    assertThat(WITNESS.verify(text("checkpointBody"), signature)).isEmpty();
  }

  private static NoteSigner signer(KeyType type, String seed, String name) {
    String hex = seed.equals("logSeed") ? "11".repeat(32) : text(seed);
    return new SigningKey(type, HexFormat.of().parseHex(hex)).named(name);
  }

  private static String afterFirstEmptyLine(String text) {
    return text.substring(text.indexOf("\n\n") + 2);
  }

  private static String text(String key) {
    return Vectors.text(VECTOR, key);
  }
}
