package dev.assay.ledger.proof;

import static dev.assay.ledger.proof.ProofVectors.PROOF;
import static dev.assay.ledger.proof.ProofVectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlogProofTest {
  private static final String VECTOR = text(PROOF, "tlogProof");
  private static final String REQUEST = text(PROOF, "witnessAddCheckpointRequest");

  static Stream<Arguments> damaged() {
    return Stream.of(
        Arguments.of(VECTOR.replace("@v1", "@v2"), "line 1"),
        Arguments.of(VECTOR.replace("extra ZXh0cmE=", "extra ZXh0cmF="), "line 2"),
        Arguments.of(VECTOR.replace("extra ZXh0cmE=", "extra !"), "line 2: not base64"),
        Arguments.of(VECTOR.replace("index 42", "index 042"), "line 3"),
        Arguments.of(VECTOR.replace("index 42", "index 9999999999999999999"), "beyond"),
        Arguments.of(VECTOR.replace("index 42\n", ""), "expected 'index '"),
        Arguments.of(VECTOR.replace("index 42", "index 300"), "index must be"),
        Arguments.of(
            VECTOR.replace("\nxIzjLj4vJfvVi0FsYIuDJ4ybRkIslj+3TrlDk4PPMtI=", ""), "expected 9"),
        Arguments.of(
            VECTOR.replace("xIzjLj4vJfvVi0FsYIuDJ4ybRkIslj+3TrlDk4PPMtI=", "xIzj"), "32 bytes"),
        Arguments.of(VECTOR.replace("\n\n", "\n"), "no empty line"),
        Arguments.of(VECTOR.substring(0, VECTOR.indexOf("\n\n") + 2), "its checkpoint isn't one"),
        Arguments.of(VECTOR.replace("\n300\n", "\n0300\n"), "its checkpoint isn't one"),
        Arguments.of(VECTOR.replace("index 42\n", "index 42\n" + "x\n".repeat(70)), "at most 64"));
  }

  @Test
  void parse_theVector_provesItsLeafAndEncodesTheSame() {
    TlogProof proof = TlogProof.parse(utf8(VECTOR));
    byte[] leaf = HexFormat.of().parseHex(text(PROOF, "leaf"));
    assertThat(proof.extra()).contains("extra".getBytes(StandardCharsets.US_ASCII));
    assertThat(proof.proof().index()).isEqualTo(42);
    assertThat(proof.proof().proves(Sha256.of(new byte[] {0}, leaf), proof.checkpoint().root()))
        .isTrue();
    assertThat(new String(proof.encode(), StandardCharsets.UTF_8)).isEqualTo(VECTOR);
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void parse_damagedProof_saysWhere(String text, String where) {
    assertThatThrownBy(() -> TlogProof.parse(utf8(text)))
        .isInstanceOf(ProofException.class)
        .hasMessageContaining(where);
  }

  @Test
  void parse_theWitnessRequest_provesTheExtensionAndEncodesTheSame() {
    ConsistencyFile file = ConsistencyFile.parse(utf8(REQUEST));
    assertThat(file.proof().from()).isEqualTo(257);
    assertThat(file.proof().proves(new Sha256(text(PROOF, "oldRoot")), file.checkpoint().root()))
        .isTrue();
    assertThat(new String(file.encode(), StandardCharsets.UTF_8)).isEqualTo(REQUEST);
  }

  @Test
  void parse_aProofOfTheOtherForm_isRefused() {
    assertThatThrownBy(() -> ConsistencyFile.parse(utf8(VECTOR)))
        .isInstanceOf(ProofException.class)
        .hasMessageContaining("'old '");
    assertThatThrownBy(() -> TlogProof.parse(utf8(REQUEST))).isInstanceOf(ProofException.class);
  }

  @Property(tries = 500)
  void parse_randomBytes_givesOnlyProofExceptions(@ForAll byte[] bytes) {
    for (byte[] input :
        List.of(
            bytes,
            utf8(
                "c2sp.org/tlog-proof@v1\nindex 0\n\n"
                    + new String(bytes, StandardCharsets.ISO_8859_1)))) {
      assertThatThrownBy(() -> TlogProof.parse(input)).isInstanceOf(ProofException.class);
      assertThatThrownBy(() -> ConsistencyFile.parse(input)).isInstanceOf(ProofException.class);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
