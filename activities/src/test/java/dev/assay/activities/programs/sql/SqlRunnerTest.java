package dev.assay.activities.programs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.programs.Ending.TimedOut;
import dev.assay.activities.programs.Input;
import dev.assay.activities.programs.Isolation;
import dev.assay.activities.programs.NeedsIsolation;
import dev.assay.activities.programs.Protection;
import dev.assay.activities.programs.sql.SqlResult.Refused;
import dev.assay.activities.programs.sql.SqlResult.Rows;
import dev.assay.activities.programs.sql.SqlResult.Stopped;
import dev.assay.activities.programs.sql.Table.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsIsolation
class SqlRunnerTest {
  private static final Map<String, Table> TABLES =
      Map.of(
          "metrics", Table.of(Form.CSV, Input.text("step,loss\n1,0.5\n2,0.25\n")),
          "events", Table.of(Form.JSON, Input.text("[{\"kind\":\"start\"},{\"kind\":\"end\"}]")));

  private final SqlRunner runner = new SqlRunner(Isolation.full());

  @Test
  void run_selectOverFiles_givesCanonicalJson() throws Exception {
    assertThat(rows("SELECT count(*) AS n, min(loss) AS low FROM metrics, events"))
        .isEqualTo(
            "{\"columns\":[{\"name\":\"n\",\"type\":\"BIGINT\"},"
                + "{\"name\":\"low\",\"type\":\"DOUBLE\"}],\"rows\":[[4,0.25]]}");
  }

  @Test
  void run_valuesOfManyTypes_areExactOrText() throws Exception {
    assertThat(
            rows(
                "SELECT NULL, true, 9007199254740991, 9007199254740992, 1.50, 'nan'::DOUBLE,"
                    + " DATE '2026-01-02', TIMESTAMPTZ '2026-01-02 01:00:00+02', [1,2],"
                    + " '\\xAB'::BLOB, 'q\"\\ü' || chr(10)"))
        .endsWith(
            "\"rows\":[[null,true,9007199254740991,\"9007199254740992\",\"1.50\",\"NaN\","
                + "\"2026-01-02\",\"2026-01-01T23:00Z\",\"[1, 2]\",\"ab\",\"q\\\"\\\\ü\\n\"]]}");
  }

  /** The example of docs/policies.md: a run that lacks the metric must not pass. */
  @ParameterizedTest
  @CsvSource({"grad_norm, 7, '[]'", "grad_norm, 101, '[[1,101]]'", "loss, 7, '[[null,null]]'"})
  void run_exampleOfThePolicies_findsAMetricThatIsMissing(String name, int value, String found)
      throws Exception {
    Matcher example =
        Pattern.compile("\\{id: calm, type: sql, query: \"([^\"]+)\"")
            .matcher(Files.readString(Path.of("..", "docs", "policies.md")));
    assertThat(example.find()).isTrue();
    SqlResult result =
        runner.run(
            example.group(1),
            Map.of(
                "metrics",
                Table.of(
                    Form.CSV, Input.text("name,step,value\n%s,1,%d\n".formatted(name, value)))),
            SqlLimits.DEFAULT);

    assertThat(json(result)).endsWith("\"rows\":" + found + "}");
  }

  @Test
  void run_parquet_isRead() throws Exception {
    byte[] file = TwoRows.file();

    SqlResult result =
        runner.run(
            "SELECT sum(x) AS s FROM t",
            Map.of("t", Table.of(Form.PARQUET, Input.bytes(file))),
            SqlLimits.DEFAULT);

    assertThat(json(result)).endsWith("\"rows\":[[3]]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 1) TO '/work/x'",
        "COPY (SELECT 1) TO '/work/inputs/tables/metrics'",
        "ATTACH '/work/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA version",
        "SET threads = 8",
        "RESET lock_configuration",
        "CREATE TABLE x AS SELECT 1",
        "INSERT INTO metrics VALUES (3, 1)",
        "DROP VIEW metrics",
        "EXPORT DATABASE '/work/x'",
        "CALL pragma_version()",
        "EXPLAIN SELECT 1",
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY (SELECT 1) TO '/work/x'",
        "WITH x AS (INSERT INTO metrics VALUES (1, 1) RETURNING *) SELECT * FROM x",
        "",
        "not sql"
      })
  void run_anythingButOneSelect_isRefused(String query) throws Exception {
    assertThat(run(query))
        .isInstanceOfSatisfying(Refused.class, it -> assertThat(it.why()).contains("one SELECT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/proc/self/environ')",
        "SELECT * FROM read_text('/usr/lib/os-release')",
        "SELECT * FROM read_blob('inputs/duckdb.jar')",
        "SELECT * FROM glob('/usr/*')",
        "SELECT * FROM read_parquet('https://example.com/x.parquet')",
        "SELECT * FROM parquet_metadata('/usr/lib/os-release')",
        "SELECT * FROM query('COPY (SELECT 1) TO ''/work/x''')",
        "SELECT * FROM duckdb_secrets()",
        "SELECT getenv('HOME')"
      })
  void run_selectThatReachesOut_isRefused(String query) throws Exception {
    assertThat(run(query))
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.why()).doesNotContain("root:").isNotBlank());
  }

  /** DuckDB's own lock, where the machine would let it read. */
  @Test
  void run_fileOfTheMachineWithoutIsolation_isRefusedByDuckDb() throws Exception {
    SqlRunner open = new SqlRunner(Isolation.full().waive(Protection.FILES));

    assertThat(open.run("SELECT * FROM read_text('/etc/passwd')", Map.of(), SqlLimits.DEFAULT))
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.why()).contains("disabled by configuration"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range + b.range = 7",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r"
      })
  void run_queryWithoutEnd_isStopped(String query) throws Exception {
    SqlLimits limits = new SqlLimits(Duration.ofSeconds(4), 64 << 20, 10, 10, 10_000, 0);

    SqlResult result = runner.run(query, TABLES, limits);

    assertThat(result)
        .isInstanceOfAny(Stopped.class, Refused.class) // time, or memory that DuckDB counts
        .satisfies(
            it -> {
              if (it instanceof Stopped stopped) {
                assertThat(stopped.ending()).isEqualTo(new TimedOut(limits.wall()));
              }
            });
    assertThat(rows("SELECT 1 AS one")).endsWith("[[1]]}");
  }

  @Test
  void run_memoryHog_isRefusedByDuckDb() throws Exception {
    SqlLimits limits = new SqlLimits(Duration.ofMinutes(1), 64 << 20, 10, 10, 10_000, 0);

    assertThat(
            runner.run(
                "SELECT count(*) FROM (SELECT DISTINCT range::VARCHAR FROM range(50000000))",
                TABLES,
                limits))
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.why()).contains("Out of Memory"));
  }

  @Test
  void run_moreRowsThanTheLimits_areCutAndSaidSo() throws Exception {
    SqlLimits few = new SqlLimits(Duration.ofMinutes(1), 64 << 20, 2, 10, 10_000, 0);

    assertThat(json(runner.run("SELECT * FROM range(100000000)", TABLES, few)))
        .endsWith("\"more\":true,\"rows\":[[0],[1]]}");
    assertThat(json(runner.run("SELECT repeat('x', 6000) FROM range(2)", TABLES, few)))
        .endsWith("x\"]]}")
        .contains("\"more\":true");
    assertThat(json(runner.run("SELECT * FROM range(2)", TABLES, few))).doesNotContain("more");
  }

  @Test
  void run_tableWithColumns_hasTheirTypesEvenIfItIsEmpty() throws Exception {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("name", "VARCHAR");
    columns.put("value", "DOUBLE");
    Map<String, Table> tables =
        Map.of(
            "points",
            Table.ofColumns(
                columns,
                Input.text(
                    "{\"name\":\"2026-01-01\",\"value\":\"NaN\"}\n"
                        + "{\"name\":\"\",\"value\":\"-Infinity\"}\n{\"name\":\"n\",\"value\":\"1.0E-5\"}\n")),
            "nothing_there",
            Table.ofColumns(columns, Input.text("")));

    assertThat(json(runner.run("SELECT name, value FROM points", tables, SqlLimits.DEFAULT)))
        .isEqualTo(
            "{\"columns\":[{\"name\":\"name\",\"type\":\"VARCHAR\"},{\"name\":\"value\",\"type\":\"DOUBLE\"}],"
                + "\"rows\":[[\"2026-01-01\",\"NaN\"],[\"\",\"-Infinity\"],[\"n\",0.00001]]}");
    assertThat(json(runner.run("SELECT sum(value) FROM nothing_there", tables, SqlLimits.DEFAULT)))
        .endsWith("\"rows\":[[null]]}");
  }

  @Test
  void run_resultsBeyondLimits_areRefused() throws Exception {
    assertThat(why("SELECT repeat('x', 2000000)")).contains("bytes");
    assertThat(why("SELECT " + "1, ".repeat(100) + "1")).contains("101 columns");
  }

  @Test
  void run_sameQueryTwice_givesEqualBytes() throws Exception {
    String query = "SELECT kind, hash(kind) AS h FROM events";

    assertThat(rows(query)).isEqualTo(rows(query));
  }

  private SqlResult run(String query) throws InterruptedException {
    return runner.run(query, TABLES, SqlLimits.DEFAULT);
  }

  private String rows(String query) throws InterruptedException {
    return json(run(query));
  }

  private static String json(SqlResult result) {
    assertThat(result).isInstanceOf(Rows.class);
    return ((Rows) result).json().toStringUtf8();
  }

  private String why(String query) throws InterruptedException {
    SqlResult result = run(query);
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).why();
  }

  /** A Parquet file of DuckDB's making: one column x, 1 and 2. */
  private static final class TwoRows {
    static byte[] file() throws Exception {
      java.nio.file.Path file = java.nio.file.Files.createTempFile("two", ".parquet");
      try (java.sql.Connection duck = java.sql.DriverManager.getConnection("jdbc:duckdb:");
          java.sql.Statement statement = duck.createStatement()) {
        statement.execute(
            "COPY (SELECT unnest([1, 2]) AS x) TO '%s' (FORMAT parquet)".formatted(file));
        return java.nio.file.Files.readAllBytes(file);
      } finally {
        java.nio.file.Files.delete(file);
      }
    }
  }
}
