package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports of real validations, by commands in processes of their own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReportsTest {
  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: endings
      stages:
        - id: end
          checks:
            - {id: readable, type: record}
            - {id: finished, type: status, in: [FINISHED], severity: warn}
      """;

  /** The second has a key that no record has, and a name that would be a command of GitHub. */
  private static final String RUNS =
      """
      {"id": "r-1", "name": "good", "experiment": "e", "status": "FINISHED"}
      {"id": "r-2", "name": "::error::<b>&", "experiment": "e", "status": "KILLED", "sead": 3}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("runs.jsonl"), RUNS);
  }

  @Test
  void validate_reportsAndAnnotations_nameFileAndLineAndStdoutStaysOneDocument() throws Exception {
    try (CommandProcess command =
        validate(
            Map.of("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", folder.toString()),
            reports("a", "--format", "json"))) {
      assertThat(command.await()).as(command.err()).isEqualTo(1);
      assertThat(command.out().lines()).hasSize(1);
      assertThat(command.err().lines())
          .anyMatch(line -> line.startsWith("::error file=runs.jsonl,line=2,title=end/readable"))
          .anyMatch(line -> line.startsWith("::warning file=runs.jsonl,title=end/finished"))
          .anyMatch(line -> line.startsWith("::notice title=Assay%3A fail::2 runs: 1 FAIL"));
    }
    assertThat(text("a.xml")).contains("failures=\"1\"", "evidence: runs.jsonl:2", "&lt;b&gt;");
    assertThat(text("a.sarif")).contains("\"startLine\":2", "\"uri\":\"runs.jsonl\"");
    assertThat(text("a.md")).contains("### Assay: FAIL", "runs.jsonl&#58;2").doesNotContain("<b>");
    assertThat(text("a.html")).contains("main, entries ", "runs.jsonl:2", "&lt;b&gt;&amp;");
    assertThat(text("a.html")).contains("<dt>case</dt><dd>c-");
    assertThat(text("a.xml")).contains("name=\"case\" value=\"c-");
    assertThat(text("a.md")).contains("case <code>c-");
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".draft"));

    // Of what was sealed the same is written again, whenever that is asked for.
    List<String> again = new ArrayList<>(List.of("workflow", "wait", named(text("a.xml"))));
    again.addAll(reports("b"));
    try (CommandProcess command = start(Map.of("GITHUB_WORKSPACE", folder.toString()), again)) {
      assertThat(command.await()).as(command.err()).isEqualTo(1);
      assertThat(command.err()).doesNotContain("::error file");
    }
    for (String ending : List.of(".xml", ".sarif", ".md", ".html")) {
      assertThat(text("b" + ending)).as(ending).isEqualTo(text("a" + ending));
    }
  }

  @Test
  void validate_dryRunAgain_replacesItsReportsByEqualBytes() throws Exception {
    for (String name : List.of("a", "b", "b")) {
      try (CommandProcess command = validate(Map.of(), reports(name, "--dry-run"))) {
        assertThat(command.await()).as(command.err()).isEqualTo(1);
      }
    }
    for (String ending : List.of(".xml", ".sarif", ".md", ".html")) {
      assertThat(text("b" + ending)).as(ending).isEqualTo(text("a" + ending));
    }
    assertThat(text("a.html")).contains("nothing was written: a dry run");
  }

  private List<String> reports(String name, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    Map.of("--junit", ".xml", "--sarif", ".sarif", "--markdown", ".md", "--report", ".html")
        .forEach(
            (option, ending) ->
                words.addAll(List.of(option, folder.resolve(name + ending).toString())));
    return words;
  }

  private CommandProcess validate(Map<String, String> environment, List<String> more)
      throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "validate",
                folder.resolve("runs.jsonl").toString(),
                "--policy",
                folder.resolve("policy.yaml").toString()));
    words.addAll(more);
    return start(environment, words);
  }

  private CommandProcess start(Map<String, String> environment, List<String> words)
      throws Exception {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--home", folder.resolve("home").toString(), "--engine", "embedded"));
    return CommandProcess.start(folder, environment, all);
  }

  private static String named(String junit) {
    return junit.split("<testsuites name=\"", 2)[1].split("\"", 2)[0];
  }

  private String text(String file) throws Exception {
    return Files.readString(folder.resolve(file));
  }
}
