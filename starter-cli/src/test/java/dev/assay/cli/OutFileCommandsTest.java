package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --out} may write to; refused before a home is made. */
class OutFileCommandsTest {
  private static final String PROVE = "prove 0";
  private static final String BUNDLE = "bundle --for r";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {PROVE, BUNDLE})
  void out_fileIsThere_exits2NamingForceAndItStays(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("only-copy"), "evidence");

    CliRun run = run(command, "--out", file.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--out: " + file, "remove it", "--force");
    assertThat(file).hasContent("evidence");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {PROVE, BUNDLE})
  void out_deviceFolderOrDeadLink_exits2EvenWithForce(String command) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));
    for (String out : List.of("/dev/null", folder.toString(), link.toString())) {
      CliRun run = run(command, "--force", "--out", out);

      assertThat(run.exit()).as(out).isEqualTo(2);
      assertThat(run.err()).contains("--out: " + out);
    }
    assertThat(folder.resolve("home")).doesNotExist();
  }

  private CliRun run(String command, String... more) {
    List<String> all =
        new ArrayList<>(List.of("--home", folder.resolve("home").toString(), "ledger"));
    all.addAll(List.of(command.split(" ")));
    all.addAll(List.of(more));
    return CliRun.in(folder, Map.of(), all.toArray(String[]::new));
  }
}
