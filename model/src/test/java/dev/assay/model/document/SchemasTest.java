package dev.assay.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.model.document.DocumentNode.BooleanNode;
import dev.assay.model.document.DocumentNode.ListNode;
import dev.assay.model.document.DocumentNode.NullNode;
import dev.assay.model.document.DocumentNode.NumberNode;
import dev.assay.model.document.DocumentNode.ObjectNode;
import dev.assay.model.document.DocumentNode.TextNode;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.trust.TrustReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas and the loaders agree on every document of the corpus. */
class SchemasTest {
  static Stream<Path> goodPolicies() {
    return Corpus.documents("policy/good").stream();
  }

  static Stream<Path> badPolicies() {
    return Corpus.documents("policy/bad").stream();
  }

  static Stream<String> kinds() {
    return Schemas.kinds().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void json_eachKind_isASchemaOfDraft202012(String kind) {
    String schema = Schemas.json(kind).orElseThrow();
    assertThat(JsonReader.read(schema.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonObject.class);
    assertThat(schema).contains("https://json-schema.org/draft/2020-12/schema");
  }

  @Test
  void json_unknownKind_isEmpty() {
    assertThat(Schemas.json("GatePolicy")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("goodPolicies")
  void schema_policyThatIsRead_accepts(Path document) {
    assertThat(errors("ValidationPolicy", json(document))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("goodPolicies")
  void schema_policyAsWeWriteIt_accepts(Path document) {
    byte[] written =
        CanonicalJson.encode(
            PolicyReader.read(Corpus.bytes(document), document.toString()).toJson());
    assertThat(errors("ValidationPolicy", new String(written, StandardCharsets.UTF_8))).isEmpty();
  }

  /** What a schema can't say, such as a circle of stages, is marked in the corpus. */
  @ParameterizedTest
  @MethodSource("badPolicies")
  void schema_policyThatIsRefused_refuses(Path document) {
    if (!parses(document)) {
      return; // not even a document: no schema is asked
    }
    assertThat(errors("ValidationPolicy", json(document)).isEmpty())
        .as("schema accepts %s", document.getFileName())
        .isEqualTo(Corpus.expected(document).contains("schema accepts"));
  }

  static Stream<Path> goodTrusts() {
    return Corpus.documents("trust/good").stream();
  }

  static Stream<Path> badTrusts() {
    return Corpus.documents("trust/bad").stream();
  }

  @ParameterizedTest
  @MethodSource("goodTrusts")
  void schema_trustThatIsReadAndAsWeWriteIt_accepts(Path document) {
    byte[] written =
        CanonicalJson.encode(
            TrustReader.read(Corpus.bytes(document), document.toString()).toJson());
    assertThat(errors("Trust", json(document))).isEmpty();
    assertThat(errors("Trust", new String(written, StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("badTrusts")
  void schema_trustThatIsRefused_refuses(Path document) {
    assertThat(errors("Trust", json(document)).isEmpty())
        .as("schema accepts %s", document.getFileName())
        .isEqualTo(Corpus.expected(document).contains("schema accepts"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"r\"}",
        "{\"id\":\"r\",\"status\":\"FINISHED\",\"started\":\"2026-01-02T03:04:05.678Z\","
            + "\"params\":{\"lr\":0.1,\"x\":\"y\",\"b\":true},\"tags\":{},\"seed\":7,"
            + "\"metrics\":{\"loss\":[{\"step\":0,\"value\":\"NaN\"},"
            + "{\"step\":1,\"value\":1e-3,\"time\":\"2026-01-02T03:04:05+01:00\"}]},"
            + "\"artifacts\":[{\"path\":\"a/b\",\"size\":3}],"
            + "\"datasets\":[{\"name\":\"d\",\"digest\":\"x\",\"context\":\"training\"}],"
            + "\"code\":{\"commit\":\"c\",\"dirty\":false},\"parents\":[\"p\"],"
            + "\"problems\":[{\"where\":\"f:1\",\"what\":\"w\"}],\"source\":\"assay:x\"}"
      })
  void schema_run_accepts(String run) {
    assertThat(errors("Run", run)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"\"}",
        "{\"id\":\"r\",\"status\":\"Completed\"}",
        "{\"id\":\"r\",\"started\":\"yesterday\"}",
        "{\"id\":\"r\",\"metric\":{}}",
        "{\"id\":\"r\",\"metrics\":{\"loss\":[{\"step\":0}]}}",
        "{\"id\":\"r\",\"metrics\":{\"loss\":[{\"step\":0.5,\"value\":1}]}}",
        "{\"id\":\"r\",\"metrics\":{\"loss\":[{\"step\":0,\"value\":\"inf\"}]}}",
        "{\"id\":\"r\",\"artifacts\":[{\"path\":\"a\",\"size\":-1}]}",
        "{\"id\":\"r\",\"artifacts\":[{\"path\":\"a\",\"size\":1,\"sha256\":\"ABC\"}]}",
        "{\"id\":\"r\",\"seed\":\"x\"}"
      })
  void schema_badRun_refuses(String run) {
    assertThat(errors("Run", run)).isNotEmpty();
  }

  private static boolean parses(Path document) {
    try {
      DocumentLoader.load(Corpus.bytes(document), document.toString());
      return true;
    } catch (DocumentException e) {
      return false;
    }
  }

  private static List<?> errors(String kind, String json) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.json(kind).orElseThrow());
    return schema.validate(json, InputFormat.JSON);
  }

  private static String json(Path document) {
    DocumentNode node = DocumentLoader.load(Corpus.bytes(document), document.toString());
    return new String(CanonicalJson.encode(json(node)), StandardCharsets.UTF_8);
  }

  private static JsonValue json(DocumentNode node) {
    return switch (node) {
      case ObjectNode(_, var members) -> {
        JsonObject object = JsonObject.EMPTY;
        for (var member : members.entrySet()) {
          object = object.with(member.getKey(), json(member.getValue().value()));
        }
        yield object;
      }
      case ListNode(_, var items) -> new JsonArray(items.stream().map(SchemasTest::json).toList());
      case TextNode(_, String value) -> new JsonString(value);
      case NumberNode(_, String text) -> new JsonNumber(Double.parseDouble(text));
      case BooleanNode(_, boolean value) -> new JsonBoolean(value);
      case NullNode _ -> JsonNull.NULL;
    };
  }
}
