package dev.assay.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.model.document.DocumentNode.BooleanNode;
import dev.assay.model.document.DocumentNode.ListNode;
import dev.assay.model.document.DocumentNode.Member;
import dev.assay.model.document.DocumentNode.NullNode;
import dev.assay.model.document.DocumentNode.NumberNode;
import dev.assay.model.document.DocumentNode.ObjectNode;
import dev.assay.model.document.DocumentNode.TextNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentLoaderTest {
  static Stream<Path> bad() {
    return Corpus.documents("document/bad").stream();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void load_badDocument_saysWhereAndWhat(Path document) {
    DocumentException e =
        catchThrowableOfType(
            DocumentException.class,
            () -> DocumentLoader.load(Corpus.bytes(document), document.getFileName().toString()));

    assertThat(e).as("refused").isNotNull();
    assertThat(e.getMessage())
        .startsWith(document.getFileName() + ":")
        .contains(Corpus.expected(document).getFirst());
  }

  @Test
  void load_everyScalar_keepsWhatWasWritten() {
    DocumentNode root =
        load("text: yes\nnumber: -1.50e3\ntruth: true\nnothing:\nquoted: '7'\nlist: [1, x]\n");

    assertThat(member(root, "text")).isEqualTo(new TextNode(new Place("f.yaml", 1, 7), "yes"));
    assertThat(member(root, "number"))
        .isEqualTo(new NumberNode(new Place("f.yaml", 2, 9), "-1.50e3"));
    assertThat(member(root, "truth")).isEqualTo(new BooleanNode(new Place("f.yaml", 3, 8), true));
    assertThat(member(root, "nothing")).isInstanceOf(NullNode.class);
    assertThat(member(root, "quoted")).isEqualTo(new TextNode(new Place("f.yaml", 5, 9), "7"));
    assertThat(((ListNode) member(root, "list")).items())
        .containsExactly(
            new NumberNode(new Place("f.yaml", 6, 8), "1"),
            new TextNode(new Place("f.yaml", 6, 11), "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no", "on", "off", "y", "12:30:45", "2024-01-01", "1.2.3"})
  void load_whatYaml11ReadsOtherwise_isText(String scalar) {
    assertThat(member(load("a: " + scalar), "a")).isInstanceOf(TextNode.class);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false"})
  void load_jsonTruth_isTruth(String scalar, boolean value) {
    assertThat(member(load("a: " + scalar), "a"))
        .isEqualTo(new BooleanNode(new Place("f.yaml", 1, 4), value));
  }

  @Test
  void load_byteOrderMark_isSkipped() {
    assertThat(load("\uFEFFa: 1")).isInstanceOf(ObjectNode.class);
  }

  @Test
  void load_jsonAndYaml_giveTheSameTree() {
    String json = "{\"a\": [1, true, null, \"x\"]}";
    assertThat(DocumentLoader.load(utf8(json), "f.json").toString())
        .isEqualTo(load(json).toString().replace("f.yaml", "f.json"));
  }

  @Test
  void load_largestDocument_isRead() {
    String line = "a: '" + "x".repeat(DocumentLoader.MAX_BYTES - 6) + "'\n";
    assertThat(((TextNode) member(load(line), "a")).value()).hasSize(DocumentLoader.MAX_BYTES - 6);
  }

  @Test
  void load_oneByteMore_isRefused() {
    assertThatThrownBy(() -> load(" ".repeat(DocumentLoader.MAX_BYTES + 1)))
        .isInstanceOf(DocumentException.class)
        .hasMessage("f.yaml:1:1: the document is too long: at most 1048576 bytes are read");
  }

  @Test
  void load_megabyteOfBrackets_isRefusedAtOnce() {
    assertThatThrownBy(() -> load("[".repeat(DocumentLoader.MAX_BYTES)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("nested deeper than 32");
  }

  @Test
  void load_megabyteKey_isRefusedOrRead() {
    assertThatThrownBy(() -> load("x".repeat(DocumentLoader.MAX_BYTES - 3) + ": 1"))
        .isInstanceOf(DocumentException.class);
  }

  @Property(tries = 2000)
  void load_randomBytes_givesOnlyItsOwnException(@ForAll @Size(max = 200) byte[] bytes) {
    loadOrRefuse(bytes, "f.yaml");
    loadOrRefuse(bytes, "f.json");
  }

  @Property(tries = 3000)
  void load_randomYaml_givesOnlyItsOwnException(
      @ForAll
          @StringLength(max = 60)
          @Chars({
            'a', 'b', ':', ' ', '\n', '-', '[', ']', '{', '}', ',', '&', '*', '!', '|', '>', '\'',
            '"', '%', '@', '#', '?', '0', '1', '.', 'e', '_', '\t', '~', '<', '\\', '\u00e9'
          })
          String text) {
    loadOrRefuse(utf8(text), "f.yaml");
    loadOrRefuse(utf8(text), "f.json");
  }

  private static void loadOrRefuse(byte[] bytes, String name) {
    try {
      assertThat(DocumentLoader.load(bytes, name)).isNotNull();
    } catch (DocumentException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(e.getMessage()).startsWith(name + ":");
    }
  }

  private static DocumentNode load(String text) {
    return DocumentLoader.load(utf8(text), "f.yaml");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static DocumentNode member(DocumentNode root, String key) {
    Member member = ((ObjectNode) root).members().get(key);
    assertThat(member).isNotNull();
    return member.value();
  }

  @Test
  void load_objects_keepTheirOrder() {
    assertThat(((ObjectNode) load("z: 1\na: 2\nm: 3")).members().keySet())
        .containsExactlyElementsOf(List.of("z", "a", "m"));
  }
}
