package dev.assay.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.NewEntry;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainEntryTest {
  private static final Instant RECORDED = Instant.parse("2026-01-02T03:04:06.000001Z");
  private static final byte[] GOOD = written();

  static Stream<Arguments> damaged() {
    byte[] oneMore = Arrays.copyOf(GOOD, GOOD.length + 1);
    byte[] domain = GOOD.clone();
    domain[0] ^= 1;
    byte[] notUtf8 = GOOD.clone();
    notUtf8[17] = (byte) 0xFF;
    byte[] shortIndex = GOOD.clone();
    shortIndex[22] = 7;
    return Stream.of(
        Arguments.of(new byte[0], "no entry"),
        Arguments.of(domain, "no entry"),
        Arguments.of(new byte[70_000], "no entry"),
        Arguments.of(oneMore, "1 bytes after its last field"),
        Arguments.of(Arrays.copyOf(GOOD, GOOD.length - 1), "ends within its payload"),
        Arguments.of(Arrays.copyOf(GOOD, 16), "ends within its ledger"),
        Arguments.of(notUtf8, "ledger isn't UTF-8"),
        Arguments.of(shortIndex, "index has 7 bytes"),
        Arguments.of(withPayload("{\"b\":1,\"a\":2}"), "isn't a canonical"),
        Arguments.of(withPayload("[1]"), "isn't a canonical"),
        Arguments.of(withPayload("{\"a\":"), "isn't JSON"));
  }

  @Test
  void decode_whatTheWriterEncoded_givesTheFieldsAndTheSameBytes() {
    PlainEntry entry = PlainEntry.decode(GOOD);
    assertThat(entry.ledger()).isEqualTo("main");
    assertThat(entry.index()).isEqualTo(7);
    assertThat(entry.key()).isEqualTo("validate/demo#1/verdict/0");
    assertThat(entry.kind()).isEqualTo("run.verdict");
    assertThat(entry.actor()).isEqualTo("worker-1");
    assertThat(entry.subject()).isEqualTo("mlflow/sk-wine/3f2a");
    assertThat(entry.outcome()).isEqualTo("FAIL");
    assertThat(entry.occurred()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
    assertThat(entry.recorded()).isEqualTo(RECORDED);
    assertThat(entry.correlation()).isEqualTo(new Correlation("validate/demo#1", "0f8c", "judge"));
    assertThat(entry.payload()).isEqualTo(JsonObject.EMPTY.with("findings", "5").with("run", "ä"));
    assertThat(entry.encode()).isEqualTo(GOOD);
    assertThat(PlainEntry.leafHash(GOOD).hex())
        .isEqualTo("e9bdb6068a534fce4819dd2b0fd97f3c9365f74478676eb8297360d13bc9d061");
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void decode_damagedBytes_saysWhatIsWrong(byte[] bytes, String what) {
    assertThatThrownBy(() -> PlainEntry.decode(bytes))
        .isInstanceOf(EntryFormatException.class)
        .hasMessageContaining(what);
  }

  @Property(tries = 500)
  void decode_randomBytes_givesOnlyItsOwnException(@ForAll byte[] bytes) {
    byte[] domain = EntryTable.domain();
    byte[] input = ByteBuffer.allocate(domain.length + bytes.length).put(domain).put(bytes).array();
    assertThatThrownBy(() -> PlainEntry.decode(input)).isInstanceOf(EntryFormatException.class);
    assertThatThrownBy(() -> PlainEntry.decode(bytes)).isInstanceOf(EntryFormatException.class);
  }

  /** The example of docs/formats/ledger.md. */
  private static byte[] written() {
    return new EntryBytes(
            "main",
            new NewEntry(
                "validate/demo#1/verdict/0",
                "run.verdict",
                "worker-1",
                "mlflow/sk-wine/3f2a",
                "FAIL",
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                new Correlation("validate/demo#1", "0f8c", "judge"),
                JsonObject.EMPTY.with("findings", "5").with("run", "ä")))
        .at(7, EntryBytes.micros(RECORDED))
        .clone();
  }

  private static byte[] withPayload(String json) {
    byte[] payload = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(160 + payload.length)
        .put(GOOD, 0, 158)
        .putShort((short) payload.length)
        .put(payload)
        .array();
  }
}
