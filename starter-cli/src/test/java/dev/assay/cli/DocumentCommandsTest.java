package dev.assay.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy check}, {@code policy explain} and {@code schema}, from arguments to exit code. */
class DocumentCommandsTest {
  private static final String GOOD =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: small
      stages:
        - id: record
          checks:
            - {id: readable, type: record}
        - id: numbers
          needs: [record]
          checks:
            - {id: finite, type: finite, metrics: ['*']}
      """;

  @TempDir private Path folder;
  private Path good;
  private Path bad;

  @BeforeEach
  void write() throws IOException {
    good = Files.writeString(folder.resolve("good.yaml"), GOOD);
    bad = Files.writeString(folder.resolve("bad.yaml"), GOOD.replace("metrics:", "metrisc:"));
  }

  @Test
  void check_goodPolicy_exits0WithItsDigest() {
    CliRun run = run("policy", "check", good.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("good.yaml: good", "policy small, 2 stages, 2 checks");
  }

  @Test
  void check_badPolicyAmongGood_exits2WithTheLine() {
    CliRun run = run("policy", "check", good.toString(), bad.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("good.yaml: good", "bad.yaml:11:", "metrisc", "metrics");
  }

  @Test
  void check_json_isOneDocumentWithTheProblems() {
    CliRun run = run("policy", "check", bad.toString(), "--format", "json");

    assertThat(CliTest.document(run).members()).containsOnlyKeys("files");
    assertThat(run.out()).contains("\"valid\":false", "\"line\":11");
  }

  @Test
  void explain_schemaOfAFile_isPartOfTheDigest() throws IOException {
    Path policy = withSchemaFile("schemas/params.yaml");
    Path schema = folder.resolve("schemas/params.yaml");
    Files.createDirectory(folder.resolve("schemas"));
    Files.writeString(schema, "required: [lr]\n");
    CliRun before = run("policy", "explain", policy.toString());
    Files.writeString(schema, "required: [seed]\n");
    CliRun after = run("policy", "explain", policy.toString());

    assertThat(before.out()).contains("form  json-schema  block  params fits schema ");
    assertThat(after.exit()).isZero();
    assertThat(after.out()).isNotEqualTo(before.out());
  }

  @Test
  void check_schemaFileThatIsNoSchema_exits2WithItsPlace() throws IOException {
    Files.writeString(folder.resolve("params.yaml"), "required: [lr]\npropertys: {}\n");
    CliRun run = run("policy", "check", withSchemaFile("params.yaml").toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("params.yaml:2:12: schema: 'propertys' is no keyword");
  }

  @Test
  void check_schemaFileOutsideTheFolder_exits2() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.writeString(folder.resolve("outside.json"), "{}");
    Files.createSymbolicLink(inside.resolve("link.json"), folder.resolve("outside.json"));
    for (String path :
        new String[] {
          "../outside.json",
          folder.resolve("outside.json").toString(),
          "link.json",
          "inside/../../x"
        }) {
      Path policy = withSchemaFile(path);
      Path moved = Files.move(policy, inside.resolve("policy.yaml"), REPLACE_EXISTING);
      CliRun run = run("policy", "check", moved.toString());

      assertThat(run.exit()).as(path).isEqualTo(2);
      assertThat(run.out()).as(path).contains("policy.yaml:7:", "leaves the policy's folder");
    }
  }

  @Test
  void check_schemaFileThatIsMissingOrTooLarge_exits2() throws IOException {
    Files.writeString(folder.resolve("large.json"), " ".repeat(256 * 1024) + "{}");
    assertThat(run("policy", "check", withSchemaFile("absent.json").toString()).out())
        .contains("'absent.json' is no plain file");
    assertThat(run("policy", "check", withSchemaFile("large.json").toString()).out())
        .contains("'large.json' has more than 262144 bytes");
  }

  private Path withSchemaFile(String path) throws IOException {
    return Files.writeString(
        folder.resolve("policy.yaml"),
        """
        apiVersion: assay/v1
        kind: ValidationPolicy
        name: small
        stages:
          - id: record
            checks:
              - {id: form, type: json-schema, of: params, schemaFile: '%s'}
        """
            .formatted(path));
  }

  @Test
  void check_missingFile_exits2AndNamesIt() {
    CliRun run = run("policy", "check", folder.resolve("absent.yaml").toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("absent.yaml: no such file");
  }

  @Test
  void check_folder_exits2() {
    assertThat(run("policy", "check", folder.toString()).exit()).isEqualTo(2);
  }

  @Test
  void check_tooLong_exits2WithoutReadingItAll() throws IOException {
    Path huge = Files.writeString(folder.resolve("huge.yaml"), "#".repeat((1 << 20) + 1));

    CliRun run = run("policy", "check", huge.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("at most 1048576");
  }

  @Test
  void explain_policy_listsStagesInTheirOrder() {
    assertThat(run("policy", "explain", good.toString()).out())
        .containsSubsequence("1. record", "readable", "2. numbers", "finite");
  }

  @Test
  void explain_dot_isAGraph() {
    assertThat(run("policy", "explain", "--dot", good.toString()).out())
        .startsWith("digraph")
        .contains("\"record\" -> \"numbers\"");
  }

  @Test
  void explain_badPolicy_exits2WithTheLine() {
    CliRun run = run("policy", "explain", bad.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("bad.yaml:11:");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void schema_kind_isItsSchema() {
    CliRun run = run("schema", "ValidationPolicy", "--format", "json");

    assertThat(run.exit()).isZero();
    assertThat(CliTest.document(run).members()).containsKey("$schema");
  }

  @Test
  void schema_none_listsTheKinds() {
    assertThat(run("schema").out().lines()).contains("ValidationPolicy");
  }

  @Test
  void schema_misspelledKind_saysWhatWasMeant() {
    CliRun run = run("schema", "ValidationPolizy");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("did you mean 'ValidationPolicy'?");
  }

  private CliRun run(String... arguments) {
    return CliRun.in(folder, Map.of(), arguments);
  }
}
