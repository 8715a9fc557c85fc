package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a result that can't be written, in a process of its own. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class MainTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--version | >/dev/full | No space left on device",
        "help --format json | >/dev/full | No space left on device",
        "completion bash | >&- | Bad file descriptor"
      })
  void main_outputThatCannotBeWritten_isUnavailableWithTheReason(
      String words, String redirection, String reason) throws Exception {
    assertThat(run("\"$@\" %s; echo exit $? >&2".formatted(redirection), words))
        .contains("assay: can't write standard output: " + reason, "exit 5");
  }

  @ParameterizedTest
  @CsvSource({"--version", "help --format json"})
  void main_readerThatHasGone_endsQuietly(String words) throws Exception {
    // The pipe has no reader before the JVM is up, and none after.
    assertThat(run("{ sleep 0.2; \"$@\"; echo exit $? >&2; } | exec <&-", words))
        .isEqualTo("exit 0\n");
  }

  /** What a shell's script says on standard error; {@code $@} is the command line. */
  private static String run(String script, String words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                script,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.assay.cli.Main"));
    command.addAll(List.of(words.split(" ")));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C.UTF-8"); // as the launcher does
    Process process = builder.start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
