package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static TestRegistry database;
  private static Documents documents;

  @BeforeAll
  static void open() {
    database = TestRegistry.fresh();
    documents = database.registry().documents();
  }

  private static byte[] json(String name) {
    return "{\"name\":\"%s\"}".formatted(name).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void find_saved_hasBytesAndFirstKind() {
    Sha256 digest = documents.save("ValidationPolicy", json("a"));
    assertThat(documents.save("Other", json("a")))
        .isEqualTo(digest)
        .isEqualTo(Sha256.of(json("a")));
    Document found = documents.find(digest).orElseThrow();
    assertThat(found.kind()).isEqualTo("ValidationPolicy");
    assertThat(found.bytes()).isEqualTo(json("a"));
  }

  @Test
  void saveAll_repeatedOnes_keepsOrderOfDigests() {
    List<byte[]> given = List.of(json("x"), json("y"), json("x"));
    List<Sha256> digests = documents.saveAll("K", given);
    assertThat(digests).isEqualTo(given.stream().map(Sha256::of).toList());
    assertThat(documents.findAll(digests)).hasSize(2);
  }

  @Test
  void find_unknown_isEmpty() {
    assertThat(documents.find(TestRuns.digest("unknown"))).isEmpty();
  }

  @Test
  void save_tooLarge_isRefused() {
    assertThatThrownBy(() -> documents.save("K", new byte[Documents.MAX_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16777216");
  }

  @Test
  void find_damagedBytes_isNoticed() throws Exception {
    Sha256 digest = documents.save("K", json("damaged"));
    database.tamper(
        "UPDATE registry.document SET bytes = set_byte(bytes, 3, 0) WHERE digest = '\\x%s'"
            .formatted(digest));
    assertThatThrownBy(() -> documents.find(digest))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining(digest.hex());
  }
}
