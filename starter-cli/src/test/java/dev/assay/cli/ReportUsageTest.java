package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where reports can't go; refused before a home is made, and before anything is touched. */
class ReportUsageTest {
  private static final List<String> OPTIONS =
      List.of("--junit", "--sarif", "--markdown", "--report");

  /** Of a validation that selected nothing. */
  private static final String EARLIER =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"validate/a#1\">\n</testsuites>\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--junit", "--sarif", "--markdown", "--report"})
  void report_folderThatIsNotThere_exits2NamingOptionAndFolder(String option) {
    CliRun run = validate(option, folder.resolve("none/r").toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(option + ": there is no folder " + folder.resolve("none"));
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void report_folderOrDevice_exits2() {
    for (String place : List.of(folder.toString(), "/dev/null")) {
      CliRun run = validate("--junit", place);

      assertThat(run.exit()).as(place).isEqualTo(2);
      assertThat(run.err()).contains("--junit: " + place);
    }
  }

  @Test
  void report_oneFileForTwo_exits2NamingBoth() {
    CliRun run =
        validate(
            "--junit", folder.resolve("r").toString(), "--sarif", folder.resolve("./r").toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--junit and --sarif: both name");
  }

  @Test
  void report_detached_isRefusedAndTheOldOneStays() throws IOException {
    Path old = Files.writeString(folder.resolve("r.xml"), EARLIER);
    CliRun run = validate("--detach", "--junit", old.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--detach and --junit", "assay workflow wait");
    assertThat(old).hasContent(EARLIER);
  }

  /** Else the report of yesterday would be taken for that of a policy with a mistake. */
  @Test
  void report_policyThatCantBeRead_leavesNoOldReport() throws IOException {
    Path old = Files.writeString(folder.resolve("r.xml"), EARLIER);
    CliRun run = validate("--junit", old.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(old).doesNotExist();
  }

  /** The new one would change what is judged, so that an empty file or none makes no difference. */
  @Test
  void report_atOrInASource_exits2AndItStays() throws IOException {
    Path file = Files.writeString(folder.resolve("one.json"), "{\"id\": \"r\"}");
    Path runs = Files.createDirectories(folder.resolve("runs/deep"));
    Path empty = Files.createFile(runs.resolve("empty"));
    Path old = Files.writeString(runs.resolve("old"), EARLIER);
    Files.writeString(runs.resolveSibling("a.json"), "{\"id\": \"r\"}");
    Path link = Files.createSymbolicLink(folder.resolve("link"), runs);

    for (Path place :
        List.of(
            file,
            folder.resolve("runs/../one.json"),
            empty,
            old,
            link.resolve("old"),
            link.resolve("../new"))) {
      CliRun run =
          validate(List.of(file.toString(), folder + "/runs"), "--junit", place.toString());

      assertThat(run.exit()).as("%s", place).isEqualTo(2);
      assertThat(run.err())
          .contains("--junit: " + place, "the SOURCE " + folder, "name a file elsewhere");
    }
    assertThat(file).content().startsWith("{");
    assertThat(empty).isEmptyFile();
    assertThat(old).hasContent(EARLIER);
    assertThat(folder.resolve("runs/new")).doesNotExist();
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void report_filesOfTheDatabaseThatIsJudged_exit2() throws IOException {
    Path database = Files.writeString(folder.resolve("mlflow.db"), "SQLite format 3\0");
    for (String ending : List.of("", "-wal", "-shm", "-journal")) {
      CliRun run = validate(List.of("mlflow-db:" + database), "--sarif", database + ending);

      assertThat(run.exit()).as(ending).isEqualTo(2);
      assertThat(run.err()).contains("is the SOURCE mlflow-db:" + database);
    }
    assertThat(database).content().startsWith("SQLite");
  }

  @Test
  void report_thePolicyByAnyName_exits2AndItStays() throws IOException {
    Path real = Files.writeString(folder.resolve("real.yaml"), "");
    Files.createSymbolicLink(folder.resolve("none.yaml"), real);
    Files.createDirectory(folder.resolve("sub"));
    for (String place : List.of("real.yaml", "sub/../real.yaml")) {
      CliRun run = validate("--markdown", folder.resolve(place).toString());

      assertThat(run.exit()).as(place).isEqualTo(2);
      assertThat(run.err()).contains("--markdown: " + folder.resolve(place) + " is the policy");
    }
    assertThat(real).exists();
  }

  @Test
  void report_fileThatThePolicyIncludes_exits2AndItStays() throws IOException {
    Files.writeString(
        folder.resolve("none.yaml"),
        """
        apiVersion: assay/v1
        kind: ValidationPolicy
        name: programs
        stages:
          - id: programs
            checks:
              - {id: look, type: command, run: [sh, inputs/script], scriptFile: look.sh}
              - {id: broken, type: none-such}
        """);
    Path script = Files.createFile(folder.resolve("look.sh"));

    CliRun run = validate("--markdown", script.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--markdown: " + script + " is a file of the policy");
    assertThat(script).exists();
  }

  @Test
  void report_inTheHome_exits2AndItStays() throws IOException {
    Path keys = Files.createDirectories(folder.resolve("home/keys"));
    Path signed = Files.writeString(keys.resolve("checkpoint-main.signed"), "");
    Path link = Files.createSymbolicLink(folder.resolve("link"), keys);
    for (Path place : List.of(signed, keys.resolve("new"), link.resolve(signed.getFileName()))) {
      for (List<String> words :
          List.of(
              List.of("validate", "none", "--policy", "none"),
              List.of("workflow", "wait", "validate/none"))) {
        CliRun run = run(words, "--junit", place.toString());

        assertThat(run.exit()).as("%s", place).isEqualTo(2);
        assertThat(run.err())
            .contains("--junit: " + place + " lies in the home " + folder.resolve("home"));
      }
    }
    assertThat(signed).exists();
    assertThat(keys.toFile().list()).hasSize(1);
  }

  @Test
  void report_fileThatIsNoReportOfItsFormat_exits2AndItStays() throws IOException {
    Path file = folder.resolve("r");
    for (String option : OPTIONS) {
      Files.writeString(file, option.equals("--junit") ? "notes" : EARLIER);
      CliRun run = validate(option, file.toString());

      assertThat(run.exit()).as(option).isEqualTo(2);
      assertThat(run.err())
          .contains(
              option + ": " + file + " is there, and its first bytes aren't those of Assay's",
              "name another file, or remove it");
      assertThat(file).isNotEmptyFile();
    }
  }

  @Test
  void report_symbolicLink_exits2NamingItsEndAndBothStay() throws IOException {
    Path end = Files.writeString(folder.resolve("r.xml"), EARLIER);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("r.xml"));
    Path dead = Files.createSymbolicLink(folder.resolve("dead"), Path.of("none"));

    CliRun run = validate("--junit", link.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("--junit: " + link + " is a symbolic link", "it leads to, " + end.toRealPath());
    assertThat(link).isSymbolicLink();
    assertThat(end).hasContent(EARLIER);
    // As /dev/stdout is; that one itself is no place to try.
    Path device = Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));
    for (Path place : List.of(dead, device)) {
      CliRun other = validate("--junit", place.toString());

      assertThat(other.exit()).as("%s", place).isEqualTo(2);
      assertThat(other.err()).contains("--junit: " + place + " is a symbolic link", "a plain file");
      assertThat(place).isSymbolicLink();
    }
  }

  @Test
  void report_dashOrEmpty_exits2WithASentence() {
    CliRun dash = validate("--junit", "-");
    CliRun empty = validate("--junit", "");

    assertThat(dash.exit()).isEqualTo(2);
    assertThat(dash.err()).contains("--junit -: reports go to files", "name a file");
    assertThat(empty.exit()).isEqualTo(2);
    assertThat(empty.err()).contains("--junit: the path is empty: name a file");
  }

  @Test
  void annotations_unknownPlace_exits2WithThoseThereAre() {
    CliRun run = validate("--annotations", "gitea");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--annotations gitea: write github or none");
  }

  private CliRun validate(String... more) {
    return validate(List.of(folder.toString()), more);
  }

  private CliRun validate(List<String> sources, String... more) {
    List<String> words = new ArrayList<>(List.of("validate"));
    words.addAll(sources);
    words.addAll(List.of("--policy", folder.resolve("none.yaml").toString()));
    return run(words, more);
  }

  private CliRun run(List<String> words, String... more) {
    List<String> all = new ArrayList<>(List.of("--home", folder.resolve("home").toString()));
    all.addAll(words);
    all.addAll(List.of(more));
    return CliRun.in(folder, Map.of(), all.toArray(String[]::new));
  }
}
