package dev.assay.benchmarks;

import dev.assay.benchmarks.corpus.AssayJsonCorpus;
import dev.assay.benchmarks.harness.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options and steps that every measurement of `assay validate` shares. */
final class Workbench {
  @Option(names = "--assay", required = true, paramLabel = "FILE", description = "The launcher.")
  private Path assay = Path.of("");

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "Policy that judges the runs, such as benchmarks/policies/sweep.yaml.")
  private Path policy = Path.of("");

  @Option(
      names = "--work",
      required = true,
      paramLabel = "DIR",
      description = "Folder for corpora and homes; homes are removed, corpora stay.")
  private Path work = Path.of("");

  /** A file or folder in the folder of work, which is made if it isn't there. */
  Path path(String name) throws IOException {
    return Files.createDirectories(work.toAbsolutePath()).resolve(name);
  }

  /** Made-up runs as one .jsonl file, written once. */
  Path lines(int runs) throws IOException {
    Path source = Files.createDirectories(path("assay-" + runs)).resolve("runs.jsonl");
    if (!Files.exists(source)) {
      new AssayJsonCorpus(runs, 1).writeLines(source);
    }
    return source;
  }

  /** Made-up runs that all fail as one .jsonl file, written once. */
  Path badLines(int runs) throws IOException {
    Path source = Files.createDirectories(path("assay-bad-" + runs)).resolve("runs.jsonl");
    if (!Files.exists(source)) {
      new AssayJsonCorpus(runs, 1, 1).writeLines(source);
    }
    return source;
  }

  /** Made-up runs as a folder of files, one a run, written once. */
  Path files(int runs) throws IOException {
    Path source = Files.createDirectories(path("assay-" + runs)).resolve("files");
    if (!Files.exists(source)) {
      new AssayJsonCorpus(runs, 1).writeFiles(source);
    }
    return source;
  }

  /** The policy that judges the runs. */
  Path policy() {
    return policy.toAbsolutePath();
  }

  /** The words of `assay validate` after `assay`. */
  List<String> validate(Path source, Path home, String... more) {
    return validate(source, policy(), home, more);
  }

  /** As {@link #validate(Path, Path, String...)}, by another policy. */
  List<String> validate(Path source, Path policy, Path home, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "validate",
                source.toString(),
                "--policy",
                policy.toString(),
                "--home",
                home.toString(),
                "--format",
                "json",
                "--no-progress"));
    words.addAll(List.of(more));
    return words;
  }

  /** Runs the launcher; failing runs (exit 1) are part of the corpus. */
  Commands.Outcome assay(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(assay.toAbsolutePath().toString()));
    command.addAll(words);
    Commands.Outcome outcome = Commands.measure(command, path(""), Map.of());
    if (outcome.exit() != 0 && outcome.exit() != 1) {
      throw new IOException("%s: exit %d: %s".formatted(words, outcome.exit(), outcome.output()));
    }
    return outcome;
  }

  void remove(Path folder) throws IOException, InterruptedException {
    shell("rm -rf '%s'".formatted(folder));
  }

  void copy(Path from, Path to) throws IOException, InterruptedException {
    shell("cp -a '%s' '%s'".formatted(from, to));
  }

  private void shell(String command) throws IOException, InterruptedException {
    Commands.Outcome outcome = Commands.measure(List.of("sh", "-c", command), path(""), Map.of());
    if (outcome.exit() != 0) {
      throw new IOException("%s: %s".formatted(command, outcome.output()));
    }
  }
}
