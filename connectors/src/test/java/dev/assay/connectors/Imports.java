package dev.assay.connectors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Importing in tests. */
public final class Imports {
  /** The repository's example stores; tests run in their module's folder. */
  public static final Path EXAMPLES = Path.of("..", "examples");

  private Imports() {}

  /** What an import delivered, in order. */
  public record Outcome(List<ImportedRun> runs, ImportReport report) {
    public ImportedRun run(String idOrPrefix) {
      return runs.stream()
          .filter(run -> run.run().id().startsWith(idOrPrefix))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no run " + idOrPrefix));
    }

    /** Problems of a run as {@code where: what}. */
    public List<String> problems(String idOrPrefix) {
      return run(idOrPrefix).run().problems().stream()
          .map(problem -> problem.where() + ": " + problem.what())
          .toList();
    }
  }

  public static Outcome read(Object... sources) {
    return read(new ImportOptions(2, false), sources);
  }

  public static Outcome read(ImportOptions options, Object... sources) {
    List<SourceSpec> specs =
        Stream.of(sources).map(source -> SourceSpec.parse(source.toString())).toList();
    List<ImportedRun> runs = new ArrayList<>();
    try (Importer importer = Importer.open(specs, options)) {
      return new Outcome(runs, importer.read(runs::add));
    }
  }
}
