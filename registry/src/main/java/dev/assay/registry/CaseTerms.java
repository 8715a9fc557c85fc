package dev.assay.registry;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a list of cases is asked for, as SQL. */
record CaseTerms(String where, List<Object> arguments) {

  static CaseTerms of(CaseFilter filter, Optional<String> after) {
    List<String> terms = new ArrayList<>(List.of("ledger = ?"));
    List<Object> arguments = new ArrayList<>(List.of(filter.ledger()));
    if (!filter.states().isEmpty()) {
      terms.add("state = ANY(?::text[])");
      arguments.add(
          "{%s}".formatted(String.join(",", filter.states().stream().map(Enum::name).toList())));
    }
    add(terms, arguments, "experiment = ?", filter.experiment());
    add(terms, arguments, "verdict = ?", filter.verdict().map(Enum::name));
    add(terms, arguments, "run_id = ?", filter.run());
    if (filter.overdue()) {
      terms.add("deadline < now()");
    }
    add(
        terms,
        arguments,
        "(opened_at, id) > (SELECT l.opened_at, l.id FROM registry.quarantine_case l WHERE l.id = ?)",
        after);
    return new CaseTerms("WHERE " + String.join(" AND ", terms), arguments);
  }

  private static void add(
      List<String> terms, List<Object> arguments, String term, Optional<String> value) {
    value.ifPresent(
        found -> {
          terms.add(term);
          arguments.add(found);
        });
  }

  /** Text, numbers, bytes and times, and such in an Optional, whose absence is null. */
  static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
  }

  private static void bind(PreparedStatement statement, int parameter, Object argument)
      throws SQLException {
    switch (argument) {
      case Optional<?> value when value.isEmpty() -> statement.setNull(parameter, Types.NULL);
      case Optional<?> value -> bind(statement, parameter, value.orElseThrow());
      case Instant time -> statement.setObject(parameter, Jdbc.time(time));
      case byte[] bytes -> statement.setBytes(parameter, bytes);
      default -> statement.setObject(parameter, argument);
    }
  }
}
