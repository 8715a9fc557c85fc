package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.evidence.NoteSignatureException.Reason;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedNoteTest {
  private static final JsonObject NOTES = Vectors.read("note.json");
  private static final VerifierKey KEY = VerifierKey.parse(Vectors.text(NOTES, "vkey"));

  static Stream<JsonValue> cases() {
    return Vectors.list(NOTES, "cases").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verify_vector_agreesWithGo(JsonObject vector) {
    boolean valid = ((JsonBoolean) vector.members().get("valid")).value();
    boolean malformed = Vectors.text(vector, "goError").equals("malformed note");
    String note = Vectors.text(vector, "note");
    if (valid) {
      assertThatCode(() -> SignedNote.parse(note).verify(KEY)).doesNotThrowAnyException();
      assertThat(SignedNote.parse(note)).hasToString(note);
    } else if (malformed) {
      assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(NoteException.class);
    } else {
      SignedNote parsed = SignedNote.parse(note);
      assertThatThrownBy(() -> parsed.verify(KEY)).isInstanceOf(NoteSignatureException.class);
    }
  }

  @Test
  void verify_exampleOfTheSpecification_passes() {
    JsonValue example = NOTES.members().get("specExample");
    SignedNote note = SignedNote.parse(Vectors.text(example, "note"));
    assertThatCode(() -> note.verify(VerifierKey.parse(Vectors.text(example, "vkey"))))
        .doesNotThrowAnyException();
  }

  @Test
  void verify_anotherKey_saysOtherKey() {
    SignedNote note = SignedNote.parse(Vectors.text(cases().findFirst().orElseThrow(), "note"));
    VerifierKey other = VerifierKey.parse(Vectors.text(NOTES.members().get("specExample"), "vkey"));
    assertThatThrownBy(() -> note.verify(other))
        .isInstanceOfSatisfying(
            NoteSignatureException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_KEY));
  }

  @Test
  void sign_testSeed_givesGosBytes() {
    byte[] seed = HexFormat.of().parseHex(Vectors.text(NOTES, "seed"));
    NoteSigner signer = new SigningKey(KeyType.ED25519, seed).named(KEY.name());
    assertThat(signer.verifierKey()).isEqualTo(KEY).hasToString(Vectors.text(NOTES, "vkey"));
    assertThat(signer.sign("This is an audit ledger test note.\nSecond line.\n").toString())
        .isEqualTo(Vectors.text(cases().findFirst().orElseThrow(), "note"));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "",
        "name+c5f80c9c",
        "example.com/audit-ledger+c5f80c9d+AdBKsjJ0K7SrOhNovUYV5ObQIkq3GgFrr4UgozLJd4c3",
        "example.com/audit-ledger+c5f80c9c+AdBKsjJ0K7SrOhNovUYV5ObQIkq3GgFrr4UgozLJd4c",
        "witness.example/w1+e0cd2864+BaCapfR6Z1mAL/lV+NwtKhSlyZ0jvpf4ZBJ/+Tg0VaTw",
        "witness.example/w1+e0cd2864+BqCapfR6Z1mAL/lV+NwtKhSlyZ0jvpf4ZBJ/+Tg0VaTw",
        "a b+c5f80c9c+AdBKsjJ0K7SrOhNovUYV5ObQIkq3GgFrr4UgozLJd4c3"
      })
  void parse_badVerifierKey_isRefused(String vkey) {
    assertThatThrownBy(() -> VerifierKey.parse(vkey)).isInstanceOf(NoteException.class);
  }

  @Property(tries = 500)
  void parse_randomBytes_givesOnlyItsOwnException(@ForAll byte[] bytes) {
    try {
      SignedNote.parse(bytes);
    } catch (NoteException e) {
      assertThat(e).hasMessageContaining("note");
    }
  }

  @Property(tries = 500)
  void parse_damagedNote_neverVerifies(@ForAll int at, @ForAll byte change) {
    byte[] note =
        Vectors.text(cases().findFirst().orElseThrow(), "note").getBytes(StandardCharsets.UTF_8);
    int index = Math.floorMod(at, note.length);
    note[index] ^= (byte) (change == 0 ? 1 : change);
    assertThatThrownBy(() -> SignedNote.parse(note).verify(KEY))
        .isInstanceOfAny(NoteException.class, NoteSignatureException.class);
  }
}
