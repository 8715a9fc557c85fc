package dev.assay.ledger.proof;

import static dev.assay.ledger.proof.ProofVectors.MERKLE;
import static dev.assay.ledger.proof.ProofVectors.hashes;
import static dev.assay.ledger.proof.ProofVectors.list;
import static dev.assay.ledger.proof.ProofVectors.number;
import static dev.assay.ledger.proof.ProofVectors.text;
import static dev.assay.ledger.proof.ProofVectors.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TreeProofsTest {
  private static final List<byte[]> VECTOR_LEAVES = ProofVectors.leafHashes();

  /** Three levels of tiles. */
  private static final List<byte[]> MANY =
      IntStream.range(0, 66_000)
          .mapToObj(i -> Sha256.hash(ByteBuffer.allocate(4).putInt(i).array()))
          .toList();

  static Stream<JsonObject> inclusion() {
    return list(MERKLE, "inclusion").stream();
  }

  static Stream<JsonObject> consistency() {
    return list(MERKLE, "consistency").stream();
  }

  static Stream<JsonObject> trees() {
    return list(MERKLE, "trees").stream();
  }

  @ParameterizedTest
  @MethodSource("inclusion")
  void proves_eachVectorOfInclusion_agreesWithGo(JsonObject vector) {
    boolean proves;
    try {
      proves =
          new InclusionProof(
                  number(vector, "Index"), number(vector, "Size"), hashes(vector, "Proof"))
              .proves(new Sha256(text(vector, "LeafHash")), new Sha256(text(vector, "Root")));
    } catch (ProofException e) {
      proves = false;
    }
    assertThat(proves).isEqualTo(yes(vector, "Valid"));
  }

  @ParameterizedTest
  @MethodSource("consistency")
  void proves_eachVectorOfConsistency_agreesWithGo(JsonObject vector) {
    boolean proves;
    try {
      proves =
          new ConsistencyProof(
                  number(vector, "Size1"), number(vector, "Size2"), hashes(vector, "Proof"))
              .proves(new Sha256(text(vector, "Root1")), new Sha256(text(vector, "Root2")));
    } catch (ProofException e) {
      proves = false;
    }
    assertThat(proves).isEqualTo(yes(vector, "Valid"));
  }

  @Test
  void inclusion_ofTheVectorsTrees_isGosProof() {
    TreeProofs proofs = new TreeProofs(new MemoryTiles(VECTOR_LEAVES));
    assertThat(inclusion().filter(vector -> yes(vector, "Valid")))
        .hasSize(49)
        .allSatisfy(
            vector ->
                assertThat(proofs.inclusion(number(vector, "Index"), number(vector, "Size")).path())
                    .isEqualTo(hashes(vector, "Proof")));
  }

  @Test
  void consistency_ofTheVectorsTrees_isGosProof() {
    TreeProofs proofs = new TreeProofs(new MemoryTiles(VECTOR_LEAVES));
    assertThat(consistency().filter(vector -> yes(vector, "Valid")))
        .hasSize(44)
        .allSatisfy(
            vector ->
                assertThat(
                        proofs.consistency(number(vector, "Size1"), number(vector, "Size2")).path())
                    .isEqualTo(hashes(vector, "Proof")));
  }

  @ParameterizedTest
  @MethodSource("trees")
  void root_ofTheVectorsTrees_agreesWithGo(JsonObject tree) {
    TreeProofs proofs = new TreeProofs(new MemoryTiles(VECTOR_LEAVES));
    assertThat(proofs.root(number(tree, "size")).hex()).isEqualTo(text(tree, "root"));
  }

  @Property(tries = 300)
  void inclusion_anywhere_provesItsLeafAndNoOther(
      @ForAll @IntRange(min = 1, max = 66_000) int size, @ForAll @IntRange(max = 65_999) int some) {
    int index = some % size;
    TreeProofs proofs = new TreeProofs(new MemoryTiles(MANY));
    InclusionProof proof = proofs.inclusion(index, size);
    Sha256 root = proofs.root(size);
    assertThat(proof.proves(Sha256.ofBytes(MANY.get(index)), root)).isTrue();
    assertThat(proof.proves(Sha256.ofBytes(MANY.get((index + 1) % 66_000)), root)).isFalse();
  }

  @Property(tries = 300)
  void consistency_ofAnyTwoSizes_provesThemAndNoOther(
      @ForAll @IntRange(min = 1, max = 66_000) int one,
      @ForAll @IntRange(min = 1, max = 66_000) int other) {
    int from = Math.min(one, other);
    int to = Math.max(one, other);
    TreeProofs proofs = new TreeProofs(new MemoryTiles(MANY));
    ConsistencyProof proof = proofs.consistency(from, to);
    assertThat(proof.proves(proofs.root(from), proofs.root(to))).isTrue();
    assertThat(proof.proves(proofs.root(from), Sha256.of(new byte[] {1}))).isFalse();
    assertThat(proof.proves(Sha256.of(new byte[] {1}), proofs.root(to))).isFalse();
  }

  @Test
  void inclusion_inThreeLevelsOfTiles_readsEachTileOnceAndFewOfThem() {
    MemoryTiles tiles = new MemoryTiles(MANY);
    new TreeProofs(tiles).inclusion(40_000, 66_000);
    assertThat(tiles.reads()).hasSizeLessThanOrEqualTo(6);
    assertThat(tiles.reads().values()).containsOnly(1);
  }

  @Test
  void proof_outsideTheTree_isRefused() {
    TreeProofs proofs = new TreeProofs(new MemoryTiles(VECTOR_LEAVES));
    assertThatThrownBy(() -> proofs.inclusion(300, 300))
        .isInstanceOf(ProofException.class)
        .hasMessageContaining("no entry 300");
    assertThatThrownBy(() -> proofs.inclusion(-1, 300)).isInstanceOf(ProofException.class);
    assertThatThrownBy(() -> proofs.consistency(0, 3)).isInstanceOf(ProofException.class);
    assertThatThrownBy(() -> proofs.consistency(4, 3)).isInstanceOf(ProofException.class);
  }
}
