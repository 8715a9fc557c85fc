package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A policy's programs on a real server: who waits is told that nobody runs them, until one does.
 */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ProgramsOnServerTest {
  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: programs
      stages:
        - id: programs
          checks:
            - {id: look, type: command, run: [grep, -q, '"id":"r-1"', inputs/run.json]}
      """;

  @TempDir private Path folder;

  @Test
  void validate_untilAWorkerMayRunPrograms_waitsAndSaysSo() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Path runs =
        Files.writeString(
            folder.resolve("runs.jsonl"),
            """
            {"id": "r-1", "experiment": "e"}
            {"id": "r-2", "experiment": "e"}
            """);
    try (UpHome up = UpHome.start(folder, folder.resolve("home"));
        CommandProcess validate =
            up.command("validate", runs.toString(), "--policy", policy.toString())) {
      UpHome.await(
          "it is told that nobody runs programs",
          () -> told(validate).contains("no worker takes the task queue assay-commands; start"));
      try (CommandProcess worker =
          up.command(
              "worker",
              "--queues",
              "assay-judge",
              "--allow-commands",
              "--metrics-address",
              "127.0.0.1:0")) {
        assertThat(validate.await()).as(validate.err()).isEqualTo(1);
        assertThat(validate.out()).contains("2 runs: 1 PASS, 1 FAIL");
      }
    }
  }

  private static String told(CommandProcess command) {
    try {
      return command.err();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
