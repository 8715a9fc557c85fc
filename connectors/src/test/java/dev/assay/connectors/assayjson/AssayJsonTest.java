package dev.assay.connectors.assayjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.Imports;
import dev.assay.connectors.Imports.Outcome;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.Code;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssayJsonTest {
  private static final Path GOOD = Path.of("src/test/resources/assayjson/good.json");

  @TempDir Path folder;

  @Test
  void read_goodFile_hasAllParts() {
    Outcome outcome = Imports.read(GOOD);
    Run run = outcome.runs().getFirst().run();
    assertThat(run.problems()).isEmpty();
    assertThat(run.identity()).isEqualTo(new RunIdentity("bench", "digits", "r-1"));
    assertThat(run.name()).isEqualTo("first");
    assertThat(run.source().location()).isEqualTo("//host/runs");
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.started()).contains(Instant.parse("2026-01-31T12:00:00Z"));
    assertThat(run.ended()).contains(Instant.parse("2026-01-31T12:00:01.123456Z"));
    assertThat(run.params()).containsEntry("lr", "0.01").containsEntry("shuffle", "true");
    assertThat(run.tags()).containsEntry("team", "vision");
    MetricSeries loss = run.metrics().get("loss");
    assertThat(loss.values())
        .containsExactly(0.5, 0.25, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(loss.timeMicros(0)).isEqualTo(1769860800000000L);
    assertThat(loss.timeMicros(4)).isEqualTo(MetricSeries.NO_TIME);
    assertThat(run.datasets()).containsExactly(new Dataset("digits", "abc", "training"));
    assertThat(run.artifacts())
        .containsExactly(
            new Artifact("model/a.bin", 3, Optional.of(new Sha256("0".repeat(64)))),
            new Artifact("model/b.bin", 9, Optional.empty()));
    assertThat(run.code())
        .contains(new Code("abc123", "https://example.org/r", Optional.of(false)));
    assertThat(run.seed()).contains("42");
    assertThat(run.author()).contains("p-1");
    assertThat(run.parents()).containsExactly("p-run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | run.json:1: the run has no id",
        "{\"id\":\"\"} | run.json:1: the run's id is empty",
        "{\"id\":7} | run.json:1: id is a number, expected a string",
        "[] | run.json:1: one run was expected",
        "{\"id\":\"a\"} {} | run.json:1: something follows the run",
        "{\"id\":\"a\",\"id\":\"a\"} | run.json:1: 'id' stands there twice",
        "{\"id\":\"a\",\"metrcs\":{}} | run.json:1: unknown key 'metrcs'; did you mean 'metrics'?",
        "{\"id\":\"a\",\"zzzzzz\":1} | run.json:1: unknown key 'zzzzzz'; known are id,",
        "{\"id\":\"a\",\"kind\":\"Policy\"} | run.json:1: kind is 'Policy', expected 'Run' or nothing",
        "{\"id\":\"a\",\"status\":\"DONE\"} | run.json:1: status is 'DONE', expected one of",
        "{\"id\":\"a\",\"started\":\"yesterday\"} | run.json:1: 'yesterday' is not a time",
        "{\"id\":\"a\",\"started\":\"2026-02-30T00:00:00Z\"} | run.json:1: '2026-02-30T00:00:00Z' is not a time",
        "{\"id\":\"a\",\"source\":\"A B:x\"} | run.json:1: source is 'A B:x', expected 'system:location'",
        "{\"id\":\"a\",\"seed\":\"x\"} | run.json:1: seed is 'x', expected an integer",
        "{\"id\":\"a\",\"params\":{\"p\":[]}} | run.json:1: 'p' is an array, expected a string",
        "{\"id\":\"a\",\"tags\":[]} | run.json:1: tags is an array, expected an object",
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"step\":1,\"value\":\"big\"}]}} | run.json:1: value is 'big', expected a number",
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"step\":1.5,\"value\":1}]}} | run.json:1: step is a number, expected an integer",
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"step\":99999999999999999999,\"value\":1}]}} | run.json:1: step is a number, expected an integer",
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"value\":1}]}} | run.json:1: a point of 'm' lacks a readable step or value",
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"step\":1,\"value\":1e400}]}} | run.json:1: '1e400' is beyond a double",
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"step\":1,\"value\":1,\"time\":\"\"}]}} | run.json:1: '' is not a time",
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"step\":1,\"value\":NaN}]}} | run.json:1: not JSON from here on",
        "{\"id\":\"a\",\"artifacts\":[{\"path\":\"../x\",\"size\":1}]} | run.json:1: the artifact path '../x' leaves the run",
        "{\"id\":\"a\",\"artifacts\":[{\"path\":\"/x\",\"size\":1}]} | run.json:1: the artifact path '/x' leaves the run",
        "{\"id\":\"a\",\"artifacts\":[{\"path\":\"x\"}]} | run.json:1: an artifact's size is a number of bytes",
        "{\"id\":\"a\",\"artifacts\":[{\"path\":\"x\",\"size\":-1}]} | run.json:1: an artifact's size is >= 0",
        "{\"id\":\"a\",\"artifacts\":[{\"path\":\"x\",\"size\":1,\"sha256\":\"ab\"}]} | run.json:1: a SHA-256 is 64",
        "{\"id\":\"a\",\"name\":\"\\ud800\"} | run.json:1: 'name' holds NUL or broken Unicode",
        "{\"id\":\"a\",\"name\":\"x\\u0000\"} | run.json:1: 'name' holds NUL or broken Unicode",
        "{\"id\":\"a\",\"problems\":[{\"where\":\"w\",\"what\":\"said so\"}]} | w: said so",
        "{\"id\":\"a\" | run.json:1: not JSON from here on",
        "nonsense | run.json:1: not JSON from here on"
      })
  void read_badRun_staysInWithTheProblem(String json, String problem) throws IOException {
    Outcome outcome = read("run.json", json.getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.runs()).hasSize(1);
    Run run = outcome.runs().getFirst().run();
    assertThat(outcome.problems(run.id())).anyMatch(text -> text.startsWith(problem));
  }

  @Test
  void read_overflowingValue_staysInfinite() throws IOException {
    byte[] json =
        "{\"id\":\"a\",\"metrics\":{\"m\":[{\"step\":1,\"value\":-1e400}]}}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(read("run.json", json).run("a").run().metrics().get("m").value(0))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void read_brokenInTheMiddle_keepsIdAndWhatCameBefore() throws IOException {
    byte[] json =
        "{\"id\":\"a\",\"params\":{\"p\":\"1\"},\"tags\":{".getBytes(StandardCharsets.UTF_8);
    Run run = read("run.json", json).run("a").run();
    assertThat(run.params()).containsEntry("p", "1");
    assertThat(run.problems()).hasSize(1);
  }

  @Test
  void read_deepJson_isAProblem() throws IOException {
    String deep = "{\"id\":\"a\",\"x\":" + "[".repeat(100_000);
    assertThat(read("run.json", deep.getBytes(StandardCharsets.UTF_8)).problems("a"))
        .anyMatch(text -> text.contains("nesting depth"));
  }

  @Test
  void read_notUtf8_isAProblem() throws IOException {
    byte[] json = "{\"id\":\"a\",\"name\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    json[json.length - 3] = (byte) 0xFF;
    assertThat(read("run.json", json).problems("a"))
        .anyMatch(text -> text.contains("Invalid UTF-8"));
  }

  @Test
  void read_utf16_isAProblemAndNotGuessed() throws IOException {
    byte[] json = "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(read("run.json", json).problems("run"))
        .anyMatch(text -> text.contains("NUL bytes; write UTF-8"));
  }

  @Test
  void read_emptyFile_isAnUnreadableRunNamedAsTheFile() throws IOException {
    Outcome outcome = read("lost.json", new byte[0]);
    assertThat(outcome.runs()).extracting(run -> run.run().id()).containsExactly("lost");
    assertThat(outcome.report().withProblems()).isEqualTo(1);
  }

  @Test
  void read_linesOfAllKinds_eachIsARun() throws IOException {
    String good = "{\"id\":\"good-%d\"}\r\n";
    String lines =
        good.formatted(1)
            + "\n  \n"
            + "{\"id\":\"cut\n"
            + "{\"id\":\""
            + "x".repeat(1 << 20)
            + "\"}\n"
            + "{\"id\":\""
            + "y".repeat(3 << 20)
            + "\"}\n"
            + good.formatted(2).stripTrailing();
    Outcome outcome = read("runs.jsonl", lines.getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.runs())
        .extracting(run -> run.run().id())
        .containsExactly("good-1", "runs.jsonl:4", "runs.jsonl:5", "runs.jsonl:6", "good-2");
    assertThat(outcome.problems("runs.jsonl:5"))
        .allMatch(text -> text.startsWith("runs.jsonl:5: the line is longer than 1048576 bytes"));
    assertThat(outcome.problems("runs.jsonl:6"))
        .allMatch(text -> text.startsWith("runs.jsonl:6: the line is longer than 1048576 bytes"));
  }

  @Test
  void read_fileThatEndsWhereTheBufferDoes_hasNoOtherRun() throws IOException {
    assertThat(read("runs.jsonl", new byte[0]).runs()).isEmpty();
    // Tasks of 128 KiB from a buffer of 1 MiB more: the end of the file is seen late.
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      String line = "{\"id\":\"r%d\"".formatted(i);
      lines.append(line).append(" ".repeat((128 << 10) - line.length() - 2)).append("}\n");
      Outcome outcome = read("runs.jsonl", lines.toString().getBytes(StandardCharsets.UTF_8));
      assertThat(outcome.runs()).hasSize(i + 1);
      assertThat(outcome.runs()).allMatch(run -> run.run().problems().isEmpty());
    }
  }

  @Test
  void read_manyLines_sameForAnyWorkers() throws IOException {
    String lines =
        String.join(
            "\n",
            IntStream.range(0, 5000)
                .mapToObj(i -> "{\"id\":\"r%05d\",\"params\":{\"i\":\"%d\"}}".formatted(i, i))
                .toList());
    Files.writeString(folder.resolve("runs.jsonl"), lines);
    List<Sha256> alone = digests(1);
    assertThat(alone).hasSize(5000);
    assertThat(digests(4)).isEqualTo(alone);
  }

  @Test
  void read_conflictingRecords_areAProblemOfEach() throws IOException {
    String lines = "{\"id\":\"a\",\"name\":\"1\"}\n{\"id\":\"b\"}\n{\"id\":\"a\",\"name\":\"2\"}\n";
    Outcome outcome = read("runs.jsonl", lines.getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.report().conflicting()).isEqualTo(2);
    assertThat(outcome.runs()).hasSize(3);
    assertThat(outcome.runs().get(0).run().problems()).hasSize(1);
    assertThat(outcome.runs().get(1).run().problems()).isEmpty();
    assertThat(outcome.runs().get(2).run().problems())
        .allMatch(problem -> problem.what().startsWith("2 different records of this run"));
  }

  @Test
  void read_equalRecords_countOnce() throws IOException {
    String lines = "{\"id\":\"a\",\"name\":\"1\"}\n{\"name\":\"1\",\"id\":\"a\"}\n";
    Files.writeString(folder.resolve("more.jsonl"), lines);
    Outcome outcome = read("runs.jsonl", lines.getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.runs()).hasSize(1);
    assertThat(outcome.report().duplicates()).isEqualTo(1);
    assertThat(outcome.report().conflicting()).isZero();
  }

  @Test
  void read_folder_takesItsFilesInOrderAndNoLinks() throws IOException {
    Files.writeString(folder.resolve("b.json"), "{\"id\":\"b\"}");
    Files.writeString(folder.resolve("a.json"), "{\"id\":\"a\"}");
    Files.writeString(folder.resolve("notes.txt"), "none");
    Path elsewhere = Files.createTempFile("elsewhere", ".json");
    Files.writeString(elsewhere, "{\"id\":\"secret\"}");
    Files.createSymbolicLink(folder.resolve("c.json"), elsewhere);
    Outcome outcome = Imports.read(folder);
    assertThat(outcome.runs()).extracting(run -> run.run().id()).containsExactly("a", "b", "c");
    assertThat(outcome.problems("c")).allMatch(text -> text.contains("a symbolic link"));
    Files.delete(elsewhere);
  }

  private List<Sha256> digests(int workers) {
    return Imports.read(new ImportOptions(workers, false), folder.resolve("runs.jsonl"))
        .runs()
        .stream()
        .map(run -> run.encoded().digest())
        .toList();
  }

  private Outcome read(String name, byte[] bytes) throws IOException {
    return Imports.read(Files.write(folder.resolve(name), bytes));
  }
}
