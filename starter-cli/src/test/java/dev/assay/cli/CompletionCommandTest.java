package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir private Path folder;

  @Test
  void completion_bash_isAScriptThatBashAccepts() throws Exception {
    assertThat(accepts("bash", CliRun.of("completion", "bash").out())).isTrue();
  }

  @Test
  void completion_bash_completesASubcommand() throws Exception {
    Path script = written(CliRun.of("completion", "bash").out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source %s; COMP_WORDS=(assay comp); COMP_CWORD=1; _complete_assay; echo ${COMPREPLY[@]}"
                    .formatted(script))
            .start();

    assertThat(
            new String(
                bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("completion");
  }

  @Test
  void completion_fish_offersEachCommandOnce() {
    String script = CliRun.of("completion", "fish").out();

    assertThat(script.lines().filter(line -> line.contains(" -a completion "))).hasSize(1);
    assertThat(script.lines().skip(1)).allMatch(line -> line.startsWith("complete -c assay"));
  }

  @Test
  void completion_fish_isAScriptThatFishAccepts() throws Exception {
    assumeThat(there("fish")).isTrue();

    assertThat(accepts("fish", CliRun.of("completion", "fish").out())).isTrue();
  }

  private boolean accepts(String shell, String script) throws IOException, InterruptedException {
    return new ProcessBuilder(shell, "-n", written(script).toString()).start().waitFor() == 0;
  }

  private Path written(String script) throws IOException {
    return Files.writeString(folder.resolve("script"), script);
  }

  private static boolean there(String program) {
    return Path.of("/usr/bin", program).toFile().canExecute();
  }
}
