package dev.assay.cli.validate;

import dev.assay.connectors.report.Place;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.registry.PlanRow;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the evidence of findings is, for reports: the file and line that a finding names, else
 * where the run was read. A hostile record can name a wrong place, which then leads nowhere.
 */
final class RunPlaces {
  /** As a record check words what it observed: {@code 2 problems; first: metrics.jsonl:9: …}. */
  private static final Pattern PROBLEM =
      Pattern.compile("[0-9]+ problems?; first: (.+?)(?::([0-9]{1,9}))?: .*", Pattern.DOTALL);

  /** As an artifact check does: {@code model/weights.bin: gone}. */
  private static final Pattern ARTIFACT =
      Pattern.compile(
          "(.+): (?:gone|bytes not read|no digest to compare with|[0-9a-f]{64}, expected .*)",
          Pattern.DOTALL);

  private static final Pattern DATABASE_RUN = Pattern.compile("(.+)#[^#/]*", Pattern.DOTALL);

  private final Path root;

  /**
   * @param root of the checkout; absolute
   */
  RunPlaces(Path root) {
    this.root = root;
  }

  /** Where a run was read. */
  Place of(PlanRow row) {
    return Place.of(fromRoot(location(row)));
  }

  /** Where what a finding is about is written. */
  Place of(PlanRow row, String type, Finding finding) {
    if (finding.verdict() == CheckVerdict.PASS || Place.of(location(row)).remote()) {
      return of(row);
    }
    Matcher problem = PROBLEM.matcher(finding.observed());
    if (type.equals("record") && problem.matches()) {
      String line = problem.group(2);
      return new Place(
          fromRoot(within(location(row), problem.group(1))),
          line == null || Integer.parseInt(line) == 0
              ? OptionalInt.empty()
              : OptionalInt.of(Integer.parseInt(line)));
    }
    Matcher artifact = ARTIFACT.matcher(finding.observed());
    if (type.equals("artifact") && artifact.matches()) {
      String folder = row.identity().system().equals("mlflow") ? "/artifacts" : "";
      return Place.of(fromRoot(within(location(row) + folder, artifact.group(1))));
    }
    return of(row);
  }

  /** Of a run in a database the file. */
  private static String location(PlanRow row) {
    Matcher inDatabase = DATABASE_RUN.matcher(row.source());
    return row.identity().system().equals("mlflow") && inDatabase.matches()
        ? inDatabase.group(1)
        : row.source();
  }

  /** A run that is a line of a file names that file. */
  private static String within(String location, String file) {
    return location.equals(file) || location.endsWith("/" + file)
        ? location
        : location + "/" + file;
  }

  private String fromRoot(String location) {
    if (Place.of(location).remote()) {
      return location;
    }
    try {
      Path absolute = Path.of(location).toAbsolutePath().normalize();
      return absolute.startsWith(root) && !absolute.equals(root)
          ? root.relativize(absolute).toString()
          : absolute.toString();
    } catch (InvalidPathException e) {
      return location;
    }
  }
}
