package dev.assay.benchmarks;

import dev.assay.benchmarks.corpus.AssayJsonCorpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "corpus-assay",
    mixinStandardHelpOptions = true,
    description = "Writes assay run JSON: DIR/files/run-*.json, DIR/runs.jsonl, or both.")
final class AssayCorpusCommand implements Callable<Integer> {
  enum Form {
    FILES,
    LINES,
    BOTH
  }

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write to; made if need be.")
  private Path out = Path.of("");

  @Option(
      names = "--runs",
      defaultValue = "20000",
      paramLabel = "N",
      description = "How many runs of 100 metric points (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of all that is random; equal seeds, equal bytes (default: 1).")
  private long seed;

  @Option(
      names = "--form",
      defaultValue = "BOTH",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Form form = Form.BOTH;

  @Override
  public Integer call() throws Exception {
    AssayJsonCorpus corpus = new AssayJsonCorpus(runs, seed);
    Files.createDirectories(out);
    if (form != Form.LINES) {
      corpus.writeFiles(out.resolve("files"));
    }
    if (form != Form.FILES) {
      corpus.writeLines(out.resolve("runs.jsonl"));
    }
    System.out.printf("%d runs below %s%n", runs, out);
    return 0;
  }
}
