package dev.assay.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.json.CanonicalWriter.Member;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalReaderTest {
  private static final Member KEY = Member.of("key \"é\"");

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "\"", "\\", "\n", "\u0001", "\u001f", "\u007f", "é", "\uffee", "😀")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Property
  void read_written_isEqual(@ForAll("texts") String text, @ForAll long number, @ForAll boolean is) {
    CanonicalWriter out =
        new CanonicalWriter(8)
            .beginArray()
            .beginObject()
            .key(KEY)
            .value(text)
            .key(text)
            .integer(number)
            .endObject()
            .value(is)
            .beginArray()
            .endArray()
            .endArray();
    CanonicalReader in = new CanonicalReader(out.toByteArray());
    in.beginArray();
    assertThat(in.moreItems()).isTrue();
    in.beginObject();
    in.require(KEY);
    assertThat(in.string()).isEqualTo(text);
    assertThat(in.member(KEY)).isEqualTo(text.equals("key \"é\""));
    assertThat(in.moreMembers()).isTrue();
    assertThat(in.key()).isEqualTo(text);
    assertThat(in.integer()).isEqualTo(number);
    in.endObject();
    assertThat(in.moreItems()).isTrue();
    assertThat(in.bool()).isEqualTo(is);
    assertThat(in.moreItems()).isTrue();
    in.beginArray();
    assertThat(in.moreItems()).isFalse();
    assertThat(in.moreItems()).isFalse();
    in.end();
  }

  @Property
  void string_randomBytes_givesOnlyItsException(@ForAll byte[] bytes) {
    byte[] quoted = new byte[bytes.length + 2];
    quoted[0] = '"';
    System.arraycopy(bytes, 0, quoted, 1, bytes.length);
    quoted[bytes.length + 1] = '"';
    try {
      CanonicalReader in = new CanonicalReader(quoted);
      String read = in.string();
      in.end();
      assertThat(new CanonicalWriter(8).value(read).toByteArray()).isEqualTo(quoted);
    } catch (JsonException expected) {
      assertThat(expected).hasMessageStartingWith("byte ");
    }
  }

  @Example
  void string_eachWayOfBeingBad_isRefused() {
    for (String bad :
        List.of("", "x", "\"a", "\"\n\"", "\"\\", "\"\\x\"", "\"\\u0041\"", "\"\\u001\"", "\"\\")) {
      refused(bad, CanonicalReader::string);
    }
  }

  @Example
  void values_eachWayOfBeingBad_areRefused() {
    refused("truth", CanonicalReader::bool);
    refused("null", CanonicalReader::bool);
    refused("{", CanonicalReader::beginArray);
    refused("1 ", CanonicalReader::end);
    refused(
        "[1 ]",
        in -> {
          in.beginArray();
          assertThat(in.integer()).isEqualTo(1);
          in.moreItems();
        });
    refused(
        "{\"a\" :1}",
        in -> {
          in.beginObject();
          in.key();
        });
    refused(
        "{\"a\":1}",
        in -> {
          in.beginObject();
          in.endObject();
        });
    refused(
        "{\"a\":1}",
        in -> {
          in.beginObject();
          in.require(KEY);
        });
    for (String bad : List.of("", "1-", "x", "\"1.0\"", "9223372036854775808")) {
      refused(bad, CanonicalReader::integer);
    }
  }

  private static CanonicalReader reader(String json) {
    return new CanonicalReader(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String json, Consumer<CanonicalReader> read) {
    assertThatThrownBy(() -> read.accept(reader(json)))
        .as(json)
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("byte ");
  }
}
