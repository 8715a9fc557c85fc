package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands about an engine say before there is one. */
class EngineUsageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "--address h:1",
    "--profile p",
    "--namespace n",
    "--api-key s3cr3t",
    "--tls",
    "--tls-ca-path f",
    "--tls-server-name n"
  })
  void upAndDown_flagThatNamesAService_isUsageSayingWhatToDo(String flag) {
    for (String command : List.of("up", "down")) {
      List<String> words = new ArrayList<>(List.of(flag.split(" ")));
      words.add(command);

      CliRun run = CliRun.in(folder, Map.of("PATH", ""), words.toArray(String[]::new));

      assertThat(run.exit()).as(run.err()).isEqualTo(2);
      assertThat(run.err())
          .contains(words.getFirst() + ": '" + command, "assay worker --address")
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void up_noProgram_isUnavailableAndTellsThatTheAddressIsNotUsed() {
    CliRun run =
        CliRun.in(folder, Map.of("PATH", "", "TEMPORAL_ADDRESS", "temporal.example:7233"), "up");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err())
        .contains("there is no 'temporal' on PATH", "https://docs.temporal.io/cli")
        .contains("TEMPORAL_ADDRESS (temporal.example:7233) isn't used here");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "", ",,"})
  void worker_noQueue_isUsageWithTheirNames(String queues) {
    CliRun run =
        CliRun.in(folder, Map.of(), "worker", "--address", "127.0.0.1:1", "--queues", queues);

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("--queues", "assay, assay-judge");
  }

  @Test
  void doctor_temporalProgramThatFails_isAProblemWithARemedy() throws IOException {
    Path program =
        Files.createFile(
            folder.resolve("temporal"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(program, "#!/bin/sh\necho boom\nexit 3\n");

    CliRun run = CliRun.in(folder, Map.of("ASSAY_TEMPORAL_CLI", program.toString()), "doctor");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
    assertThat(run.out())
        .containsPattern("temporal program +FAIL +'.*temporal --version' ends with exit 3: boom")
        .contains("install Temporal CLI 1.5 or newer: https://docs.temporal.io/cli");
  }

  @Test
  void doctor_homeThatCannotBeUsed_isAFailedCheckBesideTheOthers() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.createFile(home.resolve("pg")); // a folder is needed there

    CliRun run = CliRun.in(folder, Map.of("PATH", ""), "doctor", "--home", home.toString());

    assertThat(run.exit()).as(run.err()).isEqualTo(5);
    assertThat(run.out())
        .contains("java ", "disk ", "temporal program ")
        .containsPattern("database +FAIL +not looked at.*pg is a file");
  }
}
