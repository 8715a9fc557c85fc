package dev.assay.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.entry.EntryHashes;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TreeTest {
  private static final String VKEY =
      "example.com/audit-ledger+c5f80c9c+AdBKsjJ0K7SrOhNovUYV5ObQIkq3GgFrr4UgozLJd4c3";
  private static final JsonObject MERKLE =
      (JsonObject) JsonReader.read(resource("/tlog/merkle.json"));

  private final EntryHashes hashes = new EntryHashes();

  static Stream<JsonValue> trees() {
    return ((JsonArray) MERKLE.members().get("trees")).items().stream();
  }

  @ParameterizedTest
  @MethodSource("trees")
  void root_ofTheVectorsLeaves_agreesWithGo(JsonObject tree) {
    int size = (int) ((JsonNumber) tree.members().get("size")).value();
    RightEdge edge = new RightEdge(hashes);
    ((JsonArray) MERKLE.members().get("leaves"))
        .items().stream()
            .limit(size)
            .map(leaf -> HexFormat.of().parseHex(((JsonString) leaf).value()))
            .forEach(leaf -> edge.add(hashes.leaf(leaf, 0, leaf.length)));
    assertThat(edge.root().hex()).isEqualTo(((JsonString) tree.members().get("root")).value());
  }

  @Test
  void tiles_ofTesserasEntries_areTesserasTiles() {
    List<Tile> tiles = new ArrayList<>();
    TileBuilder builder = new TileBuilder(hashes);
    RightEdge edge = new RightEdge(hashes);
    for (byte[] entry : tesseraEntries()) {
      byte[] leaf = hashes.leaf(entry, 0, entry.length);
      edge.add(leaf);
      builder.add(leaf, tiles::add);
    }
    SignedNote note = SignedNote.parse(resource("/tlog/tiles700/checkpoint"));
    note.verify(VerifierKey.parse(VKEY));
    assertThat(edge.root()).isEqualTo(Checkpoint.parse(note.text()).root());
    assertThat(edge.size()).isEqualTo(700);
    assertThat(tiles).hasSize(2);
    assertThat(tiles.get(0).hashes()).isEqualTo(resource("/tlog/tiles700/tile/0/000"));
    assertThat(tiles.get(1).hashes()).isEqualTo(resource("/tlog/tiles700/tile/0/001"));
    byte[] above = resource("/tlog/tiles700/tile/1/000.p/2");
    assertThat(tiles.get(0).root()).isEqualTo(Arrays.copyOf(above, 32));
    assertThat(tiles.get(1).root()).isEqualTo(Arrays.copyOfRange(above, 32, 64));
  }

  @Property(tries = 60)
  void decode_ofAnyEdge_goesOnLikeTheOriginal(
      @ForAll @IntRange(max = 3000) int size, @ForAll @IntRange(max = 300) int more) {
    RightEdge original = new RightEdge(hashes);
    for (int i = 0; i < size; i++) {
      original.add(leaf(i));
    }
    RightEdge restored = RightEdge.decode(hashes, size, original.encode());
    for (int i = 0; i < more; i++) {
      original.add(leaf(size + i));
      restored.add(leaf(size + i));
    }
    assertThat(restored.root()).isEqualTo(original.root());
  }

  @Property(tries = 30)
  void resume_anywhere_buildsTheSameTiles(@ForAll @IntRange(max = 67_000) int size) {
    List<Tile> all = new ArrayList<>();
    TileBuilder straight = new TileBuilder(hashes);
    for (int i = 0; i < size; i++) {
      straight.add(leaf(i), all::add);
    }
    List<Tile> fromHere = new ArrayList<>();
    List<Tile> resumed = new ArrayList<>();
    TileBuilder again = TileBuilder.resume(hashes, size, partials(size, all));
    for (int i = size; i < size + 600; i++) {
      straight.add(leaf(i), fromHere::add);
      again.add(leaf(i), resumed::add);
    }
    assertThat(resumed).hasSameSizeAs(fromHere);
    for (int i = 0; i < resumed.size(); i++) {
      assertThat(resumed.get(i).level()).isEqualTo(fromHere.get(i).level());
      assertThat(resumed.get(i).index()).isEqualTo(fromHere.get(i).index());
      assertThat(resumed.get(i).hashes()).isEqualTo(fromHere.get(i).hashes());
      assertThat(resumed.get(i).root()).isEqualTo(fromHere.get(i).root());
    }
  }

  @Test
  void decode_wrongLength_isRefused() {
    assertThatThrownBy(() -> RightEdge.decode(hashes, 3, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TileBuilder.resume(hashes, 3, List.of(new byte[64])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<byte[]> partials(int size, List<Tile> full) {
    ByteBuffer level0 = ByteBuffer.allocate(size % 256 * 32);
    for (int i = size - size % 256; i < size; i++) {
      level0.put(leaf(i));
    }
    List<byte[]> partials = new ArrayList<>(List.of(level0.array()));
    for (int level = 1, width = size / 256; width > 0; level++, width /= 256) {
      int below = level - 1;
      ByteBuffer partial = ByteBuffer.allocate(width % 256 * 32);
      int from = width - width % 256;
      full.stream()
          .filter(tile -> tile.level() == below && tile.index() >= from)
          .forEach(tile -> partial.put(tile.root()));
      partials.add(partial.array());
    }
    return partials;
  }

  private static byte[] leaf(int i) {
    return Sha256.hash(ByteBuffer.allocate(4).putInt(i).array());
  }

  private static List<byte[]> tesseraEntries() {
    List<byte[]> entries = new ArrayList<>();
    for (String bundle : new String[] {"000", "001", "002.p/188"}) {
      ByteBuffer bytes = ByteBuffer.wrap(resource("/tlog/tiles700/tile/entries/" + bundle));
      while (bytes.hasRemaining()) {
        byte[] entry = new byte[bytes.getShort() & 0xFFFF];
        bytes.get(entry);
        entries.add(entry);
      }
    }
    return entries;
  }

  private static byte[] resource(String name) {
    try (InputStream in = TreeTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
