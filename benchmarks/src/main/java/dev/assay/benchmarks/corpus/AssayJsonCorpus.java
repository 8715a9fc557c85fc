package dev.assay.benchmarks.corpus;

import dev.assay.benchmarks.corpus.AssayJsonRun.Flaw;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Runs of 100 metric points each as Assay's run JSON: a folder of files, or one file with a run a
 * line. Some are bad, by turns: NaN from half way on, status FAILED, never accurate.
 *
 * @param runs how many, at most 10 million (ids have seven digits)
 * @param seed of everything that is random in them
 * @param badEvery the last of so many is bad; 1: all are
 */
public record AssayJsonCorpus(int runs, long seed, int badEvery) {
  private static final int MOST_RUNS = 10_000_000;
  private static final int SELDOM = 50;

  public AssayJsonCorpus {
    if (runs < 1 || runs > MOST_RUNS) {
      throw new IllegalArgumentException(
          "%d runs; pass a number from 1 to %d".formatted(runs, MOST_RUNS));
    }
    if (badEvery < 1) {
      throw new IllegalArgumentException(
          "one bad run of %d; pass a number from 1".formatted(badEvery));
    }
  }

  /** Two runs of a hundred are bad. */
  public AssayJsonCorpus(int runs, long seed) {
    this(runs, seed, SELDOM);
  }

  /** The run at {@code index} on one line, without the line's end. */
  public byte[] run(int index) {
    return new AssayJsonRun(seed, index, flaw(index)).json();
  }

  /** Writes {@code run-0000000.json} and so on into {@code folder}, made if need be. */
  public void writeFiles(Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      IntStream.range(0, runs)
          .parallel()
          .forEach(index -> write(folder.resolve(AssayJsonRun.id(index) + ".json"), run(index)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Writes one file, a run a line. */
  public void writeLines(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int index = 0; index < runs; index++) {
        out.write(run(index));
        out.write('\n');
      }
    }
  }

  private Flaw flaw(int index) {
    if (index % badEvery != badEvery - 1) {
      return Flaw.NONE;
    }
    Flaw[] flaws = Flaw.values();
    return flaws[1 + index / badEvery % (flaws.length - 1)];
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
