package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final JsonObject VECTOR = Vectors.read("checkpoint.json");
  private static final VerifierKey KEY = VerifierKey.parse(Vectors.text(VECTOR, "logVkey"));

  @Test
  void parse_vector_givesItsFieldsAndItsBytesAgain() {
    Checkpoint checkpoint = Checkpoint.parse(Vectors.text(VECTOR, "checkpointBody"));
    assertThat(checkpoint)
        .isEqualTo(
            new Checkpoint(
                "example.com/audit-ledger", 300, new Sha256(Vectors.text(VECTOR, "root"))));
    assertThat(checkpoint.text()).isEqualTo(Vectors.text(VECTOR, "checkpointBody"));
  }

  @Test
  void verify_cosignedNote_ignoresTheLinesOfUnknownTypesAndKeepsThem() {
    String cosigned = Vectors.text(VECTOR, "checkpointCosigned");
    SignedNote note = SignedNote.parse(cosigned);
    assertThat(note.signatures()).hasSize(3);
    assertThatCode(() -> note.verify(KEY)).doesNotThrowAnyException();
    assertThat(note).hasToString(cosigned);
  }

  /** The case that concerns a cosignature alone is {@link CosignatureTest}'s. */
  static Stream<JsonValue> invalid() {
    return Vectors.list(VECTOR, "invalid").stream()
        .filter(vector -> !Vectors.text(vector, "why").startsWith("cosignature"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void verify_invalidVector_isRefused(JsonObject vector) {
    assertThatThrownBy(
            () -> {
              SignedNote note = SignedNote.parse(Vectors.text(vector, "note"));
              note.verify(KEY);
              Checkpoint.parse(note.text());
            })
        .isInstanceOfAny(NoteException.class, NoteSignatureException.class);
  }

  @Test
  void verify_fork_bothNotesVerifyAndDisagree() {
    JsonObject fork = Vectors.read("fork.json");
    SignedNote a = SignedNote.parse(Vectors.text(fork, "a"));
    SignedNote b = SignedNote.parse(Vectors.text(fork, "b"));
    a.verify(KEY);
    b.verify(KEY);
    assertThat(Checkpoint.parse(a.text()).root()).isNotEqualTo(Checkpoint.parse(b.text()).root());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "o\n1\n",
        "o\n01\nbAbBsP443Y8MhzVIh/26lXjD+Pv5oGFZWoXKnPBc1LQ=\n",
        "o\n-1\nbAbBsP443Y8MhzVIh/26lXjD+Pv5oGFZWoXKnPBc1LQ=\n",
        "o\n9223372036854775808\nbAbBsP443Y8MhzVIh/26lXjD+Pv5oGFZWoXKnPBc1LQ=\n",
        "o\n1\nbAbBsP443Y8MhzVIh/26lXjD+Pv5oGFZWoXKnPBc1LR=\n",
        "o\n1\nbAbBsP443Y8MhzVIh/26lXjD+Pv5oGFZWoXKnPBc1LQ=\nextension\n",
        "o p\n1\nbAbBsP443Y8MhzVIh/26lXjD+Pv5oGFZWoXKnPBc1LQ=\n"
      })
  void parse_badText_isRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(NoteException.class);
  }

  @Property(tries = 500)
  void parse_randomText_givesOnlyItsOwnException(@ForAll String text) {
    try {
      Checkpoint.parse(text);
    } catch (NoteException e) {
      assertThat(e).hasMessageContaining("checkpoint");
    }
  }
}
