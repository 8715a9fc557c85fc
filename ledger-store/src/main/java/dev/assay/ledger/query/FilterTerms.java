package dev.assay.ledger.query;

import dev.assay.ledger.LogFilter;

/** A filter's conditions on the columns that entries and projection share. */
final class FilterTerms {
  private FilterTerms() {}

  static boolean any(LogFilter filter) {
    return filter.kind().isPresent()
        || filter.subject().isPresent()
        || filter.actor().isPresent()
        || filter.workflowId().isPresent();
  }

  static void add(EntryQuery query, LogFilter filter, String table) {
    filter.kind().ifPresent(kind -> addKind(query, kind, table));
    filter.subject().ifPresent(value -> query.and("%s.subject = ?".formatted(table), value));
    filter.actor().ifPresent(value -> query.and("%s.actor = ?".formatted(table), value));
    filter.workflowId().ifPresent(value -> query.and("%s.workflow_id = ?".formatted(table), value));
  }

  private static void addKind(EntryQuery query, String kind, String table) {
    if (kind.endsWith("*")) {
      String prefix = kind.substring(0, kind.length() - 1);
      query.and("%s.kind ~>=~ ?".formatted(table), prefix);
      query.and("%s.kind ~<~ ?".formatted(table), prefix + Character.MAX_VALUE);
    } else {
      query.and("%s.kind = ?".formatted(table), kind);
    }
  }
}
