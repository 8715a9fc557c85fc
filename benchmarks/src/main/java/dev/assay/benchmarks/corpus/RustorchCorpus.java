package dev.assay.benchmarks.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Undamaged rustorch run directories of 100 metric lines and 100 telemetry lines each, about 41 KB
 * in nine files.
 *
 * @param runs how many, at most 10 million
 * @param seed of everything that is random in them
 */
public record RustorchCorpus(int runs, long seed) {
  private static final int MOST_RUNS = 10_000_000;

  public RustorchCorpus {
    if (runs < 1 || runs > MOST_RUNS) {
      throw new IllegalArgumentException(
          "%d runs; pass a number from 1 to %d".formatted(runs, MOST_RUNS));
    }
  }

  /** The name of the run folder at {@code index}. */
  public String id(int index) {
    return new RustorchRun(seed, index).id();
  }

  /** The files of the run at {@code index}, by name. */
  public SortedMap<String, byte[]> files(int index) {
    return new RustorchRun(seed, index).files();
  }

  /** Writes all run folders into {@code store}, made if need be. */
  public void write(Path store) throws IOException {
    Files.createDirectories(store);
    try {
      IntStream.range(0, runs).parallel().forEach(index -> writeRun(store, index));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeRun(Path store, int index) {
    RustorchRun run = new RustorchRun(seed, index);
    Path folder = store.resolve(run.id());
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : run.files().entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
