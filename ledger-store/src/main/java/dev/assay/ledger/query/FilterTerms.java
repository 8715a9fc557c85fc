package dev.assay.ledger.query;

import dev.assay.ledger.LogFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter's conditions on the columns that entries and projection share.
 *
 * @param kinds of which kinds
 * @param terms columns with the value each must have; the one that fewest entries can be expected
 *     to have first
 */
record FilterTerms(Kinds kinds, List<Term> terms) {
  /** {@code column = value}. */
  record Term(String column, String value) {}

  /** Which kinds are asked for. */
  sealed interface Kinds {
    record All() implements Kinds {}

    record One(String kind) implements Kinds {}

    record Beginning(String prefix) implements Kinds {}
  }

  static FilterTerms of(LogFilter filter) {
    List<Term> terms = new ArrayList<>();
    filter.subject().ifPresent(value -> terms.add(new Term("subject", value)));
    filter.workflowId().ifPresent(value -> terms.add(new Term("workflow_id", value)));
    filter.actor().ifPresent(value -> terms.add(new Term("actor", value)));
    return new FilterTerms(
        filter.kind().map(FilterTerms::kinds).orElse(new Kinds.All()), List.copyOf(terms));
  }

  private static Kinds kinds(String written) {
    if (!written.endsWith("*")) {
      return new Kinds.One(written);
    }
    String prefix = written.substring(0, written.length() - 1);
    return prefix.isEmpty() ? new Kinds.All() : new Kinds.Beginning(prefix);
  }

  /** Whether there is a condition at all. */
  boolean any() {
    return !terms.isEmpty() || !(kinds instanceof Kinds.All);
  }

  /** All conditions. */
  Sql addTo(Sql sql, String table) {
    for (Term term : terms) {
      sql.add(" AND %s.%s = ?".formatted(table, term.column()), term.value());
    }
    return addKinds(sql, table);
  }

  private Sql addKinds(Sql sql, String table) {
    return switch (kinds) {
      case Kinds.All _ -> sql;
      case Kinds.One(String kind) -> sql.add(" AND %s.kind = ?".formatted(table), kind);
      case Kinds.Beginning(String prefix) ->
          sql.add(
              " AND %1$s.kind >= ? COLLATE \"C\" AND %1$s.kind < ? COLLATE \"C\"".formatted(table),
              prefix,
              end(prefix));
    };
  }

  /** Behind all texts that begin so: no kind has a character beyond ASCII. */
  static String end(String prefix) {
    return prefix + Character.MAX_VALUE;
  }
}
