package dev.assay.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server reads for a page of a ledger of 60,000 entries, as EXPLAIN ANALYZE counts it. */
class LookupPlanTest {
  private static final int ENTRIES = 60_000;
  private static final int PAGE = 20;

  /** Whether the server knows anything of the table. */
  enum Statistics {
    NONE,
    ANALYZED
  }

  private static LedgerDatabase database;

  /** Entries of the kinds, actors and workflows that a ledger really has, and each rare thing. */
  @BeforeAll
  static void fill() throws Exception {
    database = new LedgerDatabase();
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE ledger.lookup SET (autovacuum_enabled = off)");
    }
    List<NewEntry> entries = new ArrayList<>();
    for (int i = 1; i < ENTRIES; i++) {
      String kind =
          i % 20_000 == 0
              ? "case.opened"
              : i % 10 == 0 ? "run.imported" : i % 500 == 1 ? "external.e" + i % 7 : "run.verdict";
      entries.add(
          Entries.keyed("k" + i)
              .withKind(kind)
              .withSubject("mlflow/wine/" + i % 15_000)
              .withCorrelation(new Correlation("validate/w#" + i / 20_000, "r", "a"))
              .build());
    }
    try (Ledger ledger = Ledgers.openOrCreate(database.writer(), "main")) {
      ledger.appendAll(entries);
    }
    LedgerLookups lookups = Ledgers.lookups(database.writer(), "main");
    assertThat(lookups.rebuild(_ -> {})).isEqualTo(ENTRIES);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<LogFilter> filters() {
    LogFilter page = LogFilter.ALL.withLimit(PAGE);
    return Stream.of(
            page.withKind("run.verdict"),
            page.withKind("case.opened"),
            page.withKind("case.*"),
            page.withKind("run.*"),
            page.withKind("external.*"),
            page.withKind("promotion.*"),
            page.withSubject("mlflow/wine/77"),
            page.withSubject("mlflow/wine/none"),
            page.withActor("test-service"),
            page.withActor("nobody"),
            page.withWorkflowId("validate/w#1"),
            page.withWorkflowId("validate/w#1").withKind("case.opened"),
            page.withWorkflowId("validate/w#1").withKind("run.*"),
            page.withActor("test-service").withKind("case.*"),
            page.withActor("test-service").withKind("no.such"),
            page.withSubject("mlflow/wine/77").withKind("run.*"),
            page.withSubject("mlflow/wine/77").withWorkflowId("validate/w#1"),
            page.withSubject("mlflow/wine/77").withActor("test-service").withKind("run.verdict"))
        .flatMap(
            filter ->
                Stream.of(
                    filter,
                    filter.withAfterIndex(30_000),
                    filter.withAfterIndex(10_000).withBeforeIndex(50_000).withNewestFirst()));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void page_ofEachFilter_readsAFewRowsByIndexes(LogFilter filter) throws Exception {
    try (Connection connection = database.reader().getConnection()) {
      boundedBy(connection, filter, PAGE);
    }
  }

  @ParameterizedTest
  @EnumSource(Statistics.class)
  void page_withAndWithoutStatistics_readsAFewRows(Statistics statistics) throws Exception {
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          statistics == Statistics.ANALYZED
              ? "ANALYZE ledger.lookup"
              : "DELETE FROM pg_statistic WHERE starelid = 'ledger.lookup'::regclass");
      for (LogFilter filter : filters().toList()) {
        boundedBy(connection, filter, PAGE);
      }
      connection.rollback();
    }
  }

  /** Rows of the page found, and fetched; one for each kind to find the kinds, and to merge. */
  private static void boundedBy(Connection connection, LogFilter filter, int page)
      throws Exception {
    LookupQuery lookup = new LookupQuery("main", FilterTerms.of(filter));
    try (Statement statement = connection.createStatement()) {
      statement.execute(LookupQuery.SETTINGS.replaceFirst("SET TRANSACTION[^;]*;", ""));
    }
    List<String> kinds = lookup.kinds(connection);
    assertThat(kinds).hasSizeLessThanOrEqualTo(11);
    if (kinds.isEmpty()) {
      return;
    }
    Sql indexes =
        lookup.page(
            kinds,
            new IndexRange(filter.afterIndex() + 1, Math.min(ENTRIES, filter.beforeIndex())),
            filter.newestFirst(),
            page);
    String plan =
        explain(connection, EntryQuery.named("main", indexes, filter.newestFirst(), page));
    assertThat(plan).doesNotContain("Seq Scan").contains("Index");
    assertThat(rowsRead(plan)).as(plan).isLessThanOrEqualTo(2L * page + 2L * kinds.size());
    String steps = explain(connection, lookup.distinct("", FilterTerms.end("")));
    assertThat(steps).doesNotContain("Seq Scan on lookup");
    assertThat(rowsRead(steps)).as(steps).isLessThanOrEqualTo(2L * 12);
  }

  private static String explain(Connection connection, Sql sql) throws Exception {
    StringBuilder plan = new StringBuilder();
    try (PreparedStatement statement = sql.prepare(connection, "EXPLAIN (ANALYZE, COSTS OFF) ");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  private static final Pattern SCAN =
      Pattern.compile("(?:Index|Bitmap|Seq)[A-Za-z ]* Scan.*?rows=([\\d.]+) loops=(\\d+)");
  private static final Pattern REMOVED = Pattern.compile("Rows Removed by [A-Za-z ]+: (\\d+)");

  /** What the scans of tables gave, and what they threw away. */
  private static long rowsRead(String plan) {
    double rows = 0;
    Matcher scans = SCAN.matcher(plan);
    while (scans.find()) {
      rows += Double.parseDouble(scans.group(1)) * Long.parseLong(scans.group(2));
    }
    Matcher removed = REMOVED.matcher(plan);
    while (removed.find()) {
      rows += Long.parseLong(removed.group(1));
    }
    return (long) Math.ceil(rows);
  }
}
