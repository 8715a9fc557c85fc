package dev.assay.ledger.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement that is put together from fixed pieces of text; values are parameters. */
final class Sql {
  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  /** What one row is. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** One more piece with a value for each question mark in it. */
  Sql add(String piece, Object... parameters) {
    text.append(piece);
    values.addAll(List.of(parameters));
    return this;
  }

  /** One more statement's text and values. */
  Sql add(Sql other) {
    text.append(other.text);
    values.addAll(other.values);
    return this;
  }

  <T> List<T> list(Connection connection, RowReader<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare(connection, "");
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    }
  }

  /**
   * Binds the values; {@code before} goes before the text, for whoever wants to have it explained.
   */
  PreparedStatement prepare(Connection connection, String before) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(before + text);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }
}
