package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ledger verify} refuses before it looks for a database. */
class VerifyUsageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--from f.txt",
        "--checkpoint f.txt",
        "--anchor d",
        "--histories",
        "--recompute",
        "--trust f"
      })
  void verify_bundleAndWhatItIsNotComparedWith_exits2NamingTheOption(String option) {
    CliRun run = run(("--bundle b.zip " + option).split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(option.split(" ")[0] + " can't be compared with --bundle")
        .contains("Leave it out");
  }

  @Test
  void verify_bundleAndAllOfThem_namesEach() {
    assertThat(
            run(
                    "--bundle",
                    "b.zip",
                    "--histories",
                    "--anchor",
                    "d",
                    "--anchor",
                    "e",
                    "--checkpoint",
                    "f",
                    "--from",
                    "g")
                .err())
        .contains("--from, --checkpoint, --anchor, --histories can't be compared");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "/", "none.zip"})
  void verify_bundleThatIsNoPlainFile_exits2NamingTheOption(String bundle) {
    CliRun run = run("--bundle", bundle);

    assertThat(run.err()).contains("--bundle: " + bundle);
    assertThat(run.exit()).isEqualTo(2);
  }

  private CliRun run(String... options) {
    String[] all = new String[options.length + 4];
    all[0] = "--home";
    all[1] = folder.resolve("home").toString();
    all[2] = "ledger";
    all[3] = "verify";
    System.arraycopy(options, 0, all, 4, options.length);
    return CliRun.in(folder, Map.of(), all);
  }
}
