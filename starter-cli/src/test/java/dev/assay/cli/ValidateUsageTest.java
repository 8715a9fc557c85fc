package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} refuses before anything is opened. */
class ValidateUsageTest {
  @TempDir private Path folder;
  private Path policy;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("run.json"), "{\"id\": \"r-1\"}");
    policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            apiVersion: assay/v1
            kind: ValidationPolicy
            name: small
            stages:
              - {id: record, checks: [{id: readable, type: record}]}
            """);
  }

  @Test
  void validate_parallelZero_namesThatOptionAlone() {
    CliRun run = run("--policy", policy.toString(), "--parallel", "0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--parallel 0", "1 to 100").doesNotContain("--shard-size");
  }

  @Test
  void validate_ledgerThatCantBeAName_exits2BeforeAnythingStarts() {
    CliRun run = run("--policy", policy.toString(), "--ledger", "../x");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("--ledger", "'../x'", "1 to 63 of a-z")
        .doesNotContain("Exception");
  }

  @Test
  void validate_tagsForARunOnDisk_saysWhatCanBeTagged() {
    CliRun run = run("--policy", policy.toString(), "--write-tags");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("which can't be tagged", "mlflow:http://HOST");
  }

  @Test
  void validate_tagsOfADryRun_areRefused() {
    CliRun run = run("--policy", policy.toString(), "--write-tags", "--dry-run");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("a dry run writes nothing");
  }

  @Test
  void validate_secretInTheAddress_isNotRepeated() {
    CliRun run =
        CliRun.in(
            folder,
            Map.of("MLFLOW_TRACKING_URI", "http://ann:hidden@tracking.example"),
            "validate",
            "mlflow:",
            "--policy",
            policy.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("put them into MLFLOW_TRACKING_USERNAME")
        .doesNotContain("hidden");
    assertThat(run.out()).doesNotContain("hidden");
  }

  @Test
  void validate_shardSizeZero_namesThatOptionAlone() {
    CliRun run = run("--policy", policy.toString(), "--shard-size", "0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--shard-size 0", "at least 1").doesNotContain("--parallel");
  }

  @Test
  void validate_policyBeyondTheBound_namesTheBoundAndNoFalseSize() throws IOException {
    Path huge = Files.writeString(folder.resolve("huge.yaml"), "#".repeat(3 << 20));

    CliRun run = run("--policy", huge.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("huge.yaml", "too long: at most 1048576 bytes");
    assertThat(run.err()).doesNotContain("1048577", "3145728 bytes; at most");
  }

  @Test
  void validate_homeIsAFile_exits5WithAPlainSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("home"), "x");

    CliRun run = run("--policy", policy.toString(), "--home", file.toString());

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err())
        .contains(file + " is a file, a folder is needed", "--home")
        .doesNotContain("java.", "Exception");
  }

  private CliRun run(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "validate";
    arguments[1] = folder.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CliRun.in(folder, Map.of(), arguments);
  }
}
