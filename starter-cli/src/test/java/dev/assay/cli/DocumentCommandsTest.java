package dev.assay.cli;

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
