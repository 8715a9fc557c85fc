package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

  @Test
  void run_version_saysVersionAndJava() {
    CliRun run = CliRun.of("--version");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .matches("assay \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(commit .+, Java 25.*\\)\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void run_versionAsJson_isOneDocument() {
    CliRun run = CliRun.of("--version", "--format", "json");

    assertThat(document(run).members()).containsOnlyKeys("version", "commit", "java");
  }

  @Test
  void run_nothing_exits2WithTheWayToHelp() {
    CliRun run = CliRun.of();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("a command must follow 'assay'", "assay --help");
  }

  @Test
  void run_misspelledCommand_saysWhatWasMeant() {
    CliRun run = CliRun.of("competion", "bash");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("unknown command 'competion' (did you mean 'completion'?)");
  }

  @Test
  void run_misspelledOption_isNamed() {
    CliRun run = CliRun.of("--fromat", "json", "completion", "bash");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("unknown option '--fromat'", "'--format'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "-V"})
  void run_versionAsOtherProgramsHaveIt_saysHowToAskForIt(String word) {
    CliRun run = CliRun.of(word);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'%s'".formatted(word), "assay --version");
  }

  @Test
  void run_wrongUsageWithJson_isOneDocumentWithTheReason() {
    CliRun run = CliRun.of("completion", "tcsh", "--format=json");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(document(run).members()).containsOnlyKeys("error");
    assertThat(run.out()).contains("'tcsh'", "\"exit\":2");
    assertThat(run.err()).contains("'tcsh'");
  }

  @Test
  void run_wrongFormat_saysWhichThereAre() {
    CliRun run = CliRun.of("--format", "yaml", "help");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("expected text or json or jsonl, got 'yaml'");
  }

  @Test
  void run_globalOptionAfterTheCommand_isTaken() {
    assertThat(document(CliRun.of("help", "--format", "json")).members()).containsKey("help");
  }

  @Test
  void run_help_listsEachExitCode() {
    CliRun run = CliRun.of("--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines().map(String::strip))
        .filteredOn(line -> Pattern.matches("\\d+  .*", line))
        .extracting(line -> line.split(" ")[0])
        .containsExactly("0", "1", "2", "3", "4", "5", "70", "130");
  }

  @Test
  void run_helpForACommand_isThatCommandsOwn() {
    assertThat(CliRun.of("help", "completion").out())
        .isEqualTo(CliRun.of("completion", "--help").out())
        .startsWith("Usage: assay completion");
  }

  @Test
  void run_helpForAnUnknownCommand_exits2() {
    assertThat(CliRun.of("help", "frobnicate").exit()).isEqualTo(2);
  }

  @Property(tries = 200)
  void run_anyWords_neverIsABug(@ForAll String first, @ForAll String second) {
    assertThat(CliRun.of(first, second).exit()).isIn(0, 2);
  }

  static JsonObject document(CliRun run) {
    assertThat(Stream.of(run.out().split("\n", -1)).filter(line -> !line.isEmpty())).hasSize(1);
    return (JsonObject) JsonReader.read(run.out().getBytes(StandardCharsets.UTF_8));
  }
}
