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

/** Where reports can't go; refused before a home is made. */
class ReportUsageTest {
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
    Path old = Files.writeString(folder.resolve("r.xml"), "old");
    CliRun run = validate("--detach", "--junit", old.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--detach and --junit", "assay workflow wait");
    assertThat(old).hasContent("old");
  }

  /** Else the report of yesterday would be taken for that of a policy with a mistake. */
  @Test
  void report_policyThatCantBeRead_leavesNoOldReport() throws IOException {
    Path old = Files.writeString(folder.resolve("r.xml"), "old");
    CliRun run = validate("--junit", old.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(old).doesNotExist();
  }

  @Test
  void annotations_unknownPlace_exits2WithThoseThereAre() {
    CliRun run = validate("--annotations", "gitea");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--annotations gitea: write github or none");
  }

  private CliRun validate(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--home",
                folder.resolve("home").toString(),
                "validate",
                folder.toString(),
                "--policy",
                folder.resolve("none.yaml").toString()));
    all.addAll(List.of(more));
    return CliRun.in(folder, Map.of(), all.toArray(String[]::new));
  }
}
