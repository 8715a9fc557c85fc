package dev.assay.activities.observing;

import dev.assay.activities.programs.Ending;
import dev.assay.activities.programs.Isolation;
import dev.assay.activities.programs.sql.SqlLimits;
import dev.assay.activities.programs.sql.SqlResult;
import dev.assay.activities.programs.sql.SqlRunner;
import dev.assay.activities.programs.sql.Table;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.observation.Observation;
import dev.assay.model.observation.Seen;
import dev.assay.model.policy.Check.SqlCheck;
import dev.assay.model.policy.TableForm;
import dev.assay.model.run.RunEvidence;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs a query over the run's record and files. */
final class SqlObserver {
  private static final long MIB = 1 << 20;
  private static final int ROWS = 100;
  private static final int COLUMNS = 100;
  private static final int BYTES = 64 << 10;

  private final SqlRunner queries;
  private final SortedSet<String> protections;

  SqlObserver(Isolation isolation) {
    this.queries = new SqlRunner(isolation);
    this.protections = new TreeSet<>();
    isolation.inForce().forEach(protection -> protections.add(protection.name()));
  }

  Observation observe(SqlCheck check, RunEvidence evidence, Sha256 runDigest)
      throws GivenFiles.UngivenException, InterruptedException {
    GivenFiles files = GivenFiles.of(evidence, check::reads);
    Map<String, Table> tables = new TreeMap<>(RunTables.of(evidence.run()));
    for (var table : check.tables().entrySet()) {
      GivenFile file = files.byPath().get(table.getValue());
      if (file == null) {
        throw new GivenFiles.UngivenException(
            "the run has no file %s, so its query wasn't run".formatted(table.getValue()));
      }
      tables.put(table.getKey(), Table.of(form(table.getValue()), file));
    }
    SqlLimits limits =
        new SqlLimits(
            check.limits().timeout(),
            check.limits().memoryMiB() * MIB,
            ROWS,
            COLUMNS,
            BYTES,
            files.bytes());
    SqlResult result = queries.run(check.query(), tables, limits);
    return new Observation(
        runDigest, check.id(), files.ofTheseFiles(seen(result)), files.digests(), protections);
  }

  private static Table.Form form(String path) {
    return switch (TableForm.of(path).orElseThrow()) {
      case CSV -> Table.Form.CSV;
      case JSON, JSONL -> Table.Form.JSON;
      case PARQUET -> Table.Form.PARQUET;
    };
  }

  private static Seen seen(SqlResult result) {
    return switch (result) {
      case SqlResult.Rows(var json) ->
          new Seen.Rows((JsonObject) JsonReader.read(json.toByteArray()));
      case SqlResult.Refused(String why) -> new Seen.Nothing("the query was refused: " + why);
      case SqlResult.Stopped(Ending ending, String said) ->
          new Seen.Nothing(Endings.text(ending, said));
    };
  }
}
