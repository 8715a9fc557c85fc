package dev.assay.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryBytesTest {
  /** The example of docs/formats/ledger.md. */
  private static final NewEntry EXAMPLE =
      new NewEntry(
          "validate/demo#1/verdict/0",
          EntryKind.RUN_VERDICT,
          "worker-1",
          "mlflow/sk-wine/3f2a",
          "FAIL",
          Instant.parse("2026-01-02T03:04:05.678901Z"),
          new Correlation("validate/demo#1", "0f8c", "judge"),
          JsonObject.EMPTY.with("findings", "5").with("run", "ä"));

  @Test
  void at_example_givesTheGoldenBytes() throws IOException {
    Properties golden = golden();
    EntryBytes bytes = new EntryBytes("main", EXAMPLE);
    byte[] encoded = bytes.at(7, EntryBytes.micros(Instant.parse("2026-01-02T03:04:06.000001Z")));
    EntryHashes hashes = new EntryHashes();
    byte[] leaf = hashes.leaf(encoded, 0, encoded.length);
    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(golden.getProperty("encoded"));
    assertThat(bytes.contentDigest().hex()).isEqualTo(golden.getProperty("contentDigest"));
    assertThat(HexFormat.of().formatHex(leaf)).isEqualTo(golden.getProperty("leafHash"));
    assertThat(HexFormat.of().formatHex(hashes.chain(EntryHashes.chainStart(), leaf)))
        .isEqualTo(golden.getProperty("chainHash"));
  }

  @Test
  void contentDigest_ignoresKeyTimeAndCorrelation() {
    NewEntry other =
        new NewEntry(
            "another",
            EXAMPLE.kind(),
            EXAMPLE.actor(),
            EXAMPLE.subject(),
            EXAMPLE.outcome(),
            EXAMPLE.occurred().plusSeconds(1),
            Correlation.NONE,
            EXAMPLE.payload());
    assertThat(new EntryBytes("main", other).contentDigest())
        .isEqualTo(new EntryBytes("main", EXAMPLE).contentDigest());
  }

  @Test
  void contentDigest_fieldsMovedIntoEachOther_differ() {
    byte[] a = bytes("a");
    byte[] ab = bytes("ab");
    byte[] b = bytes("b");
    assertThat(EntryBytes.contentDigest(ab, a, a, a, a))
        .isNotEqualTo(EntryBytes.contentDigest(a, bytes("ba"), a, a, a))
        .isNotEqualTo(EntryBytes.contentDigest(a, b, a, a, a));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "a\0b", "\ud800", "x\udc00"})
  void newEntry_badKey_isRefused(String key) {
    assertThatThrownBy(() -> withKey(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void newEntry_boundsOfTexts_areInBytes() {
    assertThat(withKey("ä".repeat(512)).key()).hasSize(512);
    assertThatThrownBy(() -> withKey("ä".repeat(513)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1026 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run", "run.verdict ", "case.closed", "external.", "external.A"})
  void newEntry_unknownKind_isRefused(String kind) {
    assertThatThrownBy(
            () ->
                new NewEntry(
                    "k", kind, "a", "", "", Instant.EPOCH, Correlation.NONE, JsonObject.EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("catalogue");
  }

  @Test
  void newEntry_nanoseconds_areCut() {
    NewEntry entry =
        new NewEntry(
            "k",
            "external.note",
            "a",
            "",
            "",
            Instant.parse("2026-01-01T00:00:00.123456789Z"),
            Correlation.NONE,
            JsonObject.EMPTY);
    assertThat(entry.occurred()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.999999Z"
      })
  void micros_anyAllowedTime_comesBack(String time) {
    Instant instant = Instant.parse(time);
    assertThat(EntryBytes.instant(EntryBytes.micros(instant))).isEqualTo(instant);
  }

  @Test
  void fields_inTheDocumentedOrder() {
    assertThat(EntryTable.FIELDS.stream().map(EntryTable.Field::column))
        .isEqualTo(
            List.of(
                "ledger",
                "index",
                "key",
                "kind",
                "actor",
                "subject",
                "outcome",
                "occurred",
                "recorded",
                "workflow_id",
                "run_id",
                "activity",
                "payload"));
  }

  private static NewEntry withKey(String key) {
    return new NewEntry(
        key, "external.note", "a", "", "", Instant.EPOCH, Correlation.NONE, JsonObject.EMPTY);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Properties golden() throws IOException {
    Properties golden = new Properties();
    try (InputStream in = EntryBytesTest.class.getResourceAsStream("/ledger/entry-v1.properties")) {
      golden.load(in);
    }
    return golden;
  }
}
