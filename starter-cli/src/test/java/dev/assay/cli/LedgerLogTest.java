package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ledger log} and {@code db rebuild-projections} on a home with forty events. */
class LedgerLogTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void append() throws Exception {
    Path events = folder.resolve("events.jsonl");
    Files.write(
        events,
        IntStream.range(1, 41)
            .mapToObj(
                i ->
                    "{\"key\":\"k%d\",\"kind\":\"external.%s\",\"actor\":\"bot-%d\",\"subject\":\"s/%d\",\"payload\":{}}"
                        .formatted(i, i % 4 == 0 ? "quarter" : "rest", i % 3, i % 5))
            .toList());
    assertThat(run("ledger", "append", "--file", events.toString()).exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kind external.quarter | 10",
        "--kind external.* | 40",
        "--kind * --limit 7 | 7",
        "--actor bot-1 | 14",
        "--subject s/3 | 8",
        "--run s/3 | 8",
        "--workflow none | 0",
        "--kind external.rest --actor bot-1 --subject s/2 --last 1 | 1",
        "--since PT1H | 41",
        "--since 2020-01-01T00:00:00+02:00 --until PT1H | 0",
        "--until 2199-01-01T00:00:00Z --last 5 | 5"
      })
  void log_filters_giveWhatMatches(String options, int count) {
    CliRun run = log(options.split(" "));

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(count);
  }

  @Test
  void log_workflowWithoutItsNumber_saysHowAnIdEnds() {
    CliRun run = log("--workflow", "validate/nightly");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("no entry of workflow 'validate/nightly'", "workflow list");
    assertThat(log("--workflow", "validate/nightly#3").err()).isEmpty();
  }

  @Test
  void log_last_isTheEndInTheLedgersOrder() {
    assertThat(indexes(log("--last", "3"))).containsExactly("38", "39", "40");
    assertThat(indexes(log("--kind", "external.quarter", "--last", "2")))
        .containsExactly("36", "40");
    assertThat(indexes(log("--limit", "2"))).containsExactly("0", "1");
  }

  @Test
  void log_followWithLimit_endsAfterIt() {
    assertThat(indexes(log("--follow", "--limit", "2"))).containsExactly("0", "1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kind zzz | no kind 'zzz'; there are append.conflict, case.assigned",
        "--kind run.verdicts | no kind 'run.verdicts'",
        "--kind zz* | no kind 'zz*'",
        "--run nobody | has no run 'nobody'",
        "--since yesterday | '--since: 'yesterday' is no time'",
        "--until P | PT1H",
        "--last 0 | --last is 1 to 10000, got 0",
        "--limit 0 | --limit is 1 or more",
        "--limit 1 --last 1 | give one of them",
        "--run a --subject b | give one of them",
        "--follow --until PT1H | leave out --until"
      })
  void log_badOption_exits2AndSaysWhatToWrite(String options, String said) {
    CliRun run = log(options.split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(said.replaceAll("^'|'$", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ledger log",
        "ledger log --follow",
        "ledger show 0",
        "ledger verify",
        "workflow list",
        "db rebuild-projections"
      })
  void reading_homeThatIsNotThere_exits3AndMakesNone(String words) {
    Path mistyped = folder.resolve("mistyped");
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    all.addAll(List.of("--home", mistyped.toString(), "--engine", "embedded"));

    CliRun run = CliRun.in(folder, Map.of(), all.toArray(String[]::new));

    assertThat(run.exit()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains("there is no home at " + mistyped);
    assertThat(mistyped).doesNotExist();
  }

  @Test
  void rebuildProjections_oneOrAll_tellsHowMany() {
    assertThat(run("db", "rebuild-projections", "--format", "json").out())
        .matches("\\{\"entries\":41,\"ledger\":\"main\",\"seconds\":[0-9.]+}\n");
    assertThat(run("db", "rebuild-projections", "--all", "--format", "json").out())
        .startsWith("{\"ledgers\":[{\"entries\":41,");
    assertThat(run("db", "rebuild-projections").out()).startsWith("ledger main: 41 entries in ");
    assertThat(run("db", "rebuild-projections", "--ledger", "none").exit()).isEqualTo(3);
    assertThat(indexes(log("--kind", "external.quarter", "--limit", "1"))).containsExactly("4");
    assertThat(run("doctor").out()).contains("lookups", "cover the ledger");
  }

  private static CliRun log(String... options) {
    return run(
        Stream.concat(Stream.of("ledger", "log", "--format", "jsonl"), Stream.of(options))
            .toArray(String[]::new));
  }

  private static CliRun run(String... words) {
    return CliRun.in(
        folder,
        Map.of(),
        Stream.concat(
                Stream.of(words),
                Stream.of("--home", folder.resolve("home").toString(), "--engine", "embedded"))
            .toArray(String[]::new));
  }

  private static List<String> indexes(CliRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().map(line -> line.replaceAll(".*\"index\":(\\d+).*", "$1")).toList();
  }
}
