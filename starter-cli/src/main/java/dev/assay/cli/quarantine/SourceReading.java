package dev.assay.cli.quarantine;

import dev.assay.cli.base.UsageException;
import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.ImportedRun;
import dev.assay.connectors.Importer;
import dev.assay.connectors.SourceSpec;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.run.RunIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one run again. */
final class SourceReading {
  private static final Pattern DATABASE_RUN = Pattern.compile("(.+)#[^#/]*", Pattern.DOTALL);

  private final HeldCase held;
  private final Map<String, String> environment;

  SourceReading(HeldCase held, Map<String, String> environment) {
    this.held = held;
    this.environment = environment;
  }

  /**
   * The held run as a source has it now.
   *
   * @param written the source; where the held revision was read if there is none
   * @throws UsageException if the run isn't there, or more than once
   */
  RunEvidence read(Optional<String> written) {
    Run before = held.evidence().run();
    String source = written.orElseGet(() -> whence(before));
    RunIdentity wanted = before.identity();
    List<ImportedRun> found = new ArrayList<>();
    int[] others = {0};
    boolean digests = held.policy().needsDigests() || held.evidence().artifactsNow().isPresent();
    try (Importer importer =
        Importer.open(
            List.of(SourceSpec.parse(source, environment)), new ImportOptions(1, digests))) {
      importer.read(
          run -> {
            if (run.run().identity().equals(wanted)) {
              found.add(run);
            } else {
              others[0]++;
            }
          });
    }
    if (found.size() != 1) {
      throw new UsageException(
          "SOURCE: %s has %d records of run %s, and %d other runs; name one that has it once"
              .formatted(source, found.size(), wanted, others[0]));
    }
    ImportedRun run = found.getFirst();
    return new RunEvidence(run.run(), run.artifactDigests(), held.evidence().artifactsFirst());
  }

  /** What names the place where a run was read. */
  private static String whence(Run run) {
    String location = run.source().location();
    Matcher inDatabase = DATABASE_RUN.matcher(location);
    if (inDatabase.matches() && Files.isRegularFile(Path.of(inDatabase.group(1)))) {
      return "mlflow-db:" + inDatabase.group(1);
    }
    if (location.startsWith("http:") || location.startsWith("https:")) {
      throw new UsageException(
          "SOURCE is missing: the run was read from a server, %s; write mlflow:URI?experiment=NAME"
              .formatted(location));
    }
    return location;
  }
}
