package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.RunIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the column types that all tables share. */
final class Columns {
  private Columns() {}

  /** An identity in three columns from {@code first}. */
  static RunIdentity identity(ResultSet row, int first) throws SQLException {
    return new RunIdentity(
        row.getString(first), row.getString(first + 1), row.getString(first + 2));
  }

  /** Binds three text arrays from parameter {@code first}. */
  static <E> void bindIdentities(
      PreparedStatement statement, int first, List<E> rows, Function<E, RunIdentity> identity)
      throws SQLException {
    Connection connection = statement.getConnection();
    statement.setObject(
        first, Jdbc.array(connection, "text", rows, row -> identity.apply(row).system()));
    statement.setObject(
        first + 1, Jdbc.array(connection, "text", rows, row -> identity.apply(row).experiment()));
    statement.setObject(
        first + 2, Jdbc.array(connection, "text", rows, row -> identity.apply(row).runId()));
  }

  static Sha256 digest(ResultSet row, int column) throws SQLException {
    return Sha256.ofBytes(row.getBytes(column));
  }

  static Optional<Sha256> optionalDigest(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column)).map(Sha256::ofBytes);
  }

  /** A JSON object stored as bytes. */
  static JsonObject jsonObject(ResultSet row, int column, String what) throws SQLException {
    try {
      if (JsonReader.read(row.getBytes(column)) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonException e) {
      throw new EvidenceDamagedException(what + ": " + e.getMessage(), e);
    }
    throw new EvidenceDamagedException(what + ": not a JSON object");
  }
}
