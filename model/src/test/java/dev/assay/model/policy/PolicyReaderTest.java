package dev.assay.model.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.model.document.Corpus;
import dev.assay.model.document.DocumentException;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.policy.Check.ParamCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {
  static Stream<Path> good() {
    return Corpus.documents("policy/good").stream();
  }

  static Stream<Path> bad() {
    return Corpus.documents("policy/bad").stream();
  }

  @ParameterizedTest
  @MethodSource("good")
  void read_goodPolicy_readsBackFromItsJson(Path document) {
    ValidationPolicy policy = read(document);
    ValidationPolicy again = PolicyReader.read(CanonicalJson.encode(policy.toJson()), "again.json");

    assertThat(again).isEqualTo(policy);
    assertThat(again.digest()).isEqualTo(policy.digest());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void read_badPolicy_saysWhereAndWhat(Path document) {
    DocumentException e = catchThrowableOfType(DocumentException.class, () -> read(document));
    List<String> expected =
        Corpus.expected(document).stream().filter(line -> !line.equals("schema accepts")).toList();

    assertThat(e).as("refused").isNotNull();
    assertThat(e.getMessage().lines()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(e.getMessage().lines().toList().get(i))
          .startsWith(document.getFileName() + ":" + expected.get(i));
    }
  }

  @Test
  void digest_defaultsOrderAndComments_makeNoDifference() {
    ValidationPolicy small =
        read(
            "{apiVersion: assay/v1, kind: ValidationPolicy, name: p, stages: [{id: s, checks: ["
                + "{id: c, type: metric, metric: m, max: 1}]}]}");
    ValidationPolicy large =
        read(
            """
            # a comment
            kind: ValidationPolicy
            apiVersion: assay/v1
            stages:
              - checks: [{severity: block, max: 1.0, aggregate: last, type: metric, metric: m, id: c}]
                needs: []
                id: s
            name: p
            owners: []
            onFail: quarantine
            cases: {due: {FAIL: PT72H, INDETERMINATE: P7D}, remind: PT24H, waiverMax: P30D,
              approvals: {release: {}, waive: {}}, notAuthor: true}
            """);

    assertThat(large).isEqualTo(small);
    assertThat(large.digest()).isEqualTo(small.digest());
  }

  /** Golden: ledgers hold this digest. Made with Python: sha256 of the canonical JSON below. */
  @Test
  void digest_smallestPolicy_isTheOneThatLedgersHold() {
    ValidationPolicy policy =
        read(
            "{apiVersion: assay/v1, kind: ValidationPolicy, name: p, stages: [{id: s, checks: ["
                + "{id: c, type: record}]}]}");

    assertThat(new String(CanonicalJson.encode(policy.toJson()), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"apiVersion\":\"assay/v1\",\"cases\":{\"approvals\":{\"release\":{},\"waive\":{}},"
                + "\"due\":{\"FAIL\":\"PT72H\",\"INDETERMINATE\":\"PT168H\"},\"notAuthor\":true,"
                + "\"remind\":\"PT24H\",\"waiverMax\":\"PT720H\"},\"kind\":\"ValidationPolicy\","
                + "\"name\":\"p\",\"onFail\":\"quarantine\",\"owners\":[],\"stages\":[{\"checks\":"
                + "[{\"id\":\"c\",\"severity\":\"block\",\"type\":\"record\"}],\"id\":\"s\","
                + "\"needs\":[]}]}");
    assertThat(policy.digest().hex())
        .isEqualTo("e035a2a568b622f37d8eed8571a314f94182fc9ea3e52600b8eef4a89515ee06");
  }

  @ParameterizedTest
  @ValueSource(strings = {"policy.yaml", "rustorch.yaml"})
  void read_publishedExample_isAPolicy(String name) {
    assertThat(read(Path.of("..", "examples", name)).checks()).isNotEmpty();
  }

  @Test
  void read_publishedExample_isTheOneThatTestsJudgeBy() {
    assertThat(read(Path.of("../examples/policy.yaml")))
        .isEqualTo(read(Path.of("src/test/resources/policy/good/image-classifiers.yaml")));
  }

  @Test
  void read_paramWithBounds_isANumberByDefault() {
    ValidationPolicy policy = read(Path.of("src/test/resources/policy/good/every-type.yaml"));
    assertThat(policy.checks())
        .filteredOn(check -> check.id().equals("param-default"))
        .extracting(check -> ((ParamCheck) check).kind())
        .containsExactly(ParamKind.NUMBER);
  }

  @Test
  void needsDigest_onlyFilesOfPinnedChecks() {
    ValidationPolicy policy =
        read(
            "{apiVersion: assay/v1, kind: ValidationPolicy, name: p, stages: [{id: s, checks: ["
                + "{id: c, type: artifact, require: ['model/**'], digests: pinned},"
                + "{id: d, type: artifact, require: ['log/**']}]}]}");

    assertThat(policy.needsDigests()).isTrue();
    assertThat(policy.needsDigest("model/a/b.bin")).isTrue();
    assertThat(policy.needsDigest("log/x")).isFalse();
  }

  /** One byte of a good policy changed: still a policy, or refused with places. */
  @Property(tries = 1000)
  void read_damagedPolicy_givesOnlyItsOwnException(
      @ForAll @IntRange(max = 1500) int at, @ForAll byte with) {
    byte[] bytes = Corpus.bytes(Path.of("src/test/resources/policy/good/every-type.yaml"));
    bytes[at % bytes.length] = with;
    try {
      assertThat(PolicyReader.read(bytes, "p.yaml").stages()).isNotEmpty();
    } catch (DocumentException e) {
      assertThat(e.getMessage()).startsWith("p.yaml:");
    }
  }

  private static ValidationPolicy read(Path document) {
    return PolicyReader.read(Corpus.bytes(document), document.getFileName().toString());
  }

  private static ValidationPolicy read(String text) {
    return PolicyReader.read(text.getBytes(StandardCharsets.UTF_8), "p.yaml");
  }
}
