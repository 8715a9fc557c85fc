package dev.assay.model.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against the roots of two other implementations; src/test/resources/digest has their origin. */
class MerkleRootTest {
  private final JsonObject vectors = vectors();

  private static JsonObject vectors() {
    try {
      return (JsonObject)
          JsonReader.read(
              Files.readAllBytes(Path.of("src/test/resources/digest/merkle-roots.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void root_everyRecordedTree_isTheRecordedRoot() {
    List<byte[]> leaves =
        items("leaves").stream()
            .map(leaf -> HexFormat.of().parseHex(((JsonString) leaf).value()))
            .toList();
    assertThat(items("trees")).hasSizeGreaterThan(10);
    for (JsonValue tree : items("trees")) {
      JsonObject recorded = (JsonObject) tree;
      int size = (int) ((JsonNumber) recorded.members().get("size")).value();
      MerkleRoot root = new MerkleRoot();
      leaves.subList(0, size).forEach(root::add);

      assertThat(root.size()).isEqualTo(size);
      assertThat(root.root().hex())
          .as("size %s", size)
          .isEqualTo(((JsonString) recorded.members().get("root")).value());
    }
  }

  @Test
  void add_leafInParts_isTheConcatenation() {
    assertThat(new MerkleRoot().add(utf8("a"), utf8("bc")).root())
        .isEqualTo(new MerkleRoot().add(utf8("abc")).root());
  }

  @Test
  void root_leavesInAnotherOrder_isAnotherRoot() {
    assertThat(new MerkleRoot().add(utf8("a")).add(utf8("b")).root())
        .isNotEqualTo(new MerkleRoot().add(utf8("b")).add(utf8("a")).root());
  }

  /** RFC 6962 section 2.1, written as it stands there: a second way to the same root. */
  @Property(tries = 60)
  void root_anySize_isTheRecursiveDefinition(@ForAll @IntRange(min = 1, max = 70) int size) {
    List<byte[]> leaves = new ArrayList<>();
    MerkleRoot root = new MerkleRoot();
    for (int i = 0; i < size; i++) {
      leaves.add(utf8("leaf " + i));
      root.add(leaves.get(i));
    }
    assertThat(root.root().bytes()).isEqualTo(recursive(leaves));
  }

  private static byte[] recursive(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return Sha256.hash(new byte[] {0}, leaves.getFirst());
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return Sha256.hash(
        new byte[] {1},
        recursive(leaves.subList(0, left)),
        recursive(leaves.subList(left, leaves.size())));
  }

  private List<JsonValue> items(String key) {
    return ((JsonArray) vectors.members().get(key)).items();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
