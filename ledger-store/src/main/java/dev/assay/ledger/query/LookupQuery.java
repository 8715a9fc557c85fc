package dev.assay.ledger.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Finds the indexes of entries in the projection. Each of its indexes ends with (kind, index), so
 * the entries of one kind that match a term stand in the ledger's order; a page of several kinds is
 * merged from as many ranges. It reads as many rows as the page has, and one for each kind; with
 * two terms besides the kind, those of the first.
 */
final class LookupQuery {
  /** Beyond so many kinds that match, a page is sorted instead of merged. */
  static final int MAX_KINDS = 100;

  /**
   * Keeps the planner, which knows little of a table that grows, from reading all of one; only for
   * this transaction, which sees one state of projection and entries.
   */
  static final String SETTINGS =
      """
      SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true),
        set_config('jit', 'off', true)
      """;

  private final String ledger;
  private final FilterTerms terms;

  LookupQuery(String ledger, FilterTerms terms) {
    this.ledger = ledger;
    this.terms = terms;
  }

  /** Which kinds there are to read; empty if more than {@link #MAX_KINDS} match. */
  List<String> kinds(Connection connection) throws SQLException {
    return switch (terms.kinds()) {
      case FilterTerms.Kinds.One(String kind) -> List.of(kind);
      case FilterTerms.Kinds.All _ ->
          distinct("", FilterTerms.end("")).list(connection, row -> row.getString(1));
      case FilterTerms.Kinds.Beginning(String prefix) ->
          distinct(prefix, FilterTerms.end(prefix)).list(connection, row -> row.getString(1));
    };
  }

  /** Steps from one kind to the next through the index, instead of through its rows. */
  Sql distinct(String from, String to) {
    Sql first = kindAfter(">=", new Sql().add("?", from), to);
    Sql next = kindAfter(">", new Sql().add("k.kind"), to);
    return new Sql()
        .add("WITH RECURSIVE k (kind) AS ((")
        .add(first)
        .add(") UNION ALL SELECT (")
        .add(next)
        .add(
            ") FROM k WHERE k.kind IS NOT NULL) SELECT kind FROM k WHERE kind IS NOT NULL LIMIT ?",
            MAX_KINDS + 1);
  }

  private Sql kindAfter(String comparison, Sql from, String to) {
    Sql sql = new Sql().add("SELECT l.kind FROM ledger.lookup l WHERE l.ledger = ?", ledger);
    terms.terms().stream()
        .findFirst()
        .ifPresent(term -> sql.add(" AND l.%s = ?".formatted(term.column()), term.value()));
    return sql.add(" AND l.kind %s ".formatted(comparison))
        .add(from)
        .add(" AND l.kind < ? ORDER BY l.kind LIMIT 1", to);
  }

  /** The indexes of a page. */
  Sql page(List<String> kinds, IndexRange range, boolean newestFirst, int limit) {
    if (kinds.size() > MAX_KINDS) {
      Sql all = new Sql().add("SELECT l.index").add(rows(range));
      return terms.addTo(all, "l").add(EntryQuery.ending("l.index", newestFirst, limit));
    }
    Sql merged = new Sql().add("SELECT p.index FROM (");
    for (int i = 0; i < kinds.size(); i++) {
      merged
          .add(i == 0 ? "(" : " UNION ALL (")
          .add(ofKind(kinds.get(i), range, newestFirst))
          .add(" LIMIT %d)".formatted(limit));
    }
    return merged.add(") p").add(EntryQuery.ending("p.index", newestFirst, limit));
  }

  /**
   * One range of one index. Further terms are looked at outside of it (OFFSET 0 keeps them there):
   * without statistics the planner chose another index, and read a whole workflow for one run.
   */
  private Sql ofKind(String kind, IndexRange range, boolean newestFirst) {
    Sql inner = new Sql().add("SELECT l.*").add(rows(range)).add(" AND l.kind = ?", kind);
    terms.terms().stream()
        .limit(1)
        .forEach(term -> inner.add(" AND l.%s = ?".formatted(term.column()), term.value()));
    inner.add(" ORDER BY l.index%s OFFSET 0".formatted(newestFirst ? " DESC" : ""));
    Sql sql = new Sql().add("SELECT i.index FROM (").add(inner).add(") i WHERE true");
    terms.terms().stream()
        .skip(1)
        .forEach(term -> sql.add(" AND i.%s = ?".formatted(term.column()), term.value()));
    return sql.add(" ORDER BY i.index%s".formatted(newestFirst ? " DESC" : ""));
  }

  private Sql rows(IndexRange range) {
    return new Sql()
        .add(" FROM ledger.lookup l WHERE l.ledger = ?", ledger)
        .add(range.on("l"), range.from(), range.to());
  }
}
