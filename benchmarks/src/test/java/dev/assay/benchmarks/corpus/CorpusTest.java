package dev.assay.benchmarks.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @Test
  void assayRun_sameSeedInALargerCorpus_hasTheSameBytes() {
    assertThat(new AssayJsonCorpus(10, 7).run(3)).isEqualTo(new AssayJsonCorpus(1_000, 7).run(3));
  }

  @Test
  void assayRun_otherSeedOrIndex_hasOtherBytes() {
    byte[] run = new AssayJsonCorpus(10, 7).run(3);
    assertThat(run).isNotEqualTo(new AssayJsonCorpus(10, 8).run(3));
    assertThat(run).isNotEqualTo(new AssayJsonCorpus(10, 7).run(4));
  }

  @Test
  void assayRun_any_holdsHundredPointsInAboutSevenKilobytes() {
    String run = new String(new AssayJsonCorpus(1, 1).run(0), StandardCharsets.UTF_8);
    assertThat(run.split("\"step\":", -1)).hasSize(101);
    assertThat(run.length()).isBetween(6_500, 7_100);
  }

  @Test
  void assayRuns_hundredAndFifty_holdOneOfEachFlaw() {
    AssayJsonCorpus corpus = new AssayJsonCorpus(150, 1);
    List<String> runs =
        Stream.iterate(0, i -> i < 150, i -> i + 1)
            .map(i -> new String(corpus.run(i), StandardCharsets.UTF_8))
            .toList();
    assertThat(runs).filteredOn(run -> run.contains("\"NaN\"")).hasSize(1);
    assertThat(runs).filteredOn(run -> run.contains("\"FAILED\"")).hasSize(1);
  }

  @Test
  void writeLines_always_equalsTheFilesInOrder(@TempDir Path folder) throws IOException {
    AssayJsonCorpus corpus = new AssayJsonCorpus(20, 1);
    corpus.writeFiles(folder.resolve("files"));
    corpus.writeLines(folder.resolve("runs.jsonl"));
    try (Stream<Path> files = Files.list(folder.resolve("files"))) {
      List<String> texts = files.sorted().map(CorpusTest::read).toList();
      assertThat(Files.readAllLines(folder.resolve("runs.jsonl"))).isEqualTo(texts);
    }
  }

  @Test
  void rustorchRun_sameSeedInALargerCorpus_hasTheSameFiles() {
    var files = new RustorchCorpus(2, 7).files(1);
    var same = new RustorchCorpus(500, 7).files(1);
    assertThat(files.keySet()).hasSize(9).isEqualTo(same.keySet());
    files.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(same.get(name)));
  }

  @Test
  void rustorchRun_any_hasHundredLinesOfMetricsAndOfTelemetry() {
    var files = new RustorchCorpus(1, 1).files(0);
    assertThat(new String(files.get("metrics.jsonl"), StandardCharsets.UTF_8).lines()).hasSize(100);
    assertThat(new String(files.get("telemetry.jsonl"), StandardCharsets.UTF_8).lines())
        .hasSize(100);
  }

  @Test
  void corpus_noRuns_isRefused() {
    assertThatThrownBy(() -> new AssayJsonCorpus(0, 1)).hasMessageContaining("0 runs");
    assertThatThrownBy(() -> new RustorchCorpus(0, 1)).hasMessageContaining("0 runs");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
