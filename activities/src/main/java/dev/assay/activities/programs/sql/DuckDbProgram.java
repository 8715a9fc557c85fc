package dev.assay.activities.programs.sql;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * The program that runs one query: it is copied into its isolated directory, so it uses the JDK and
 * DuckDB and no other class of ours. The query comes on standard input, the result goes to standard
 * output as JSON: {@code columns} and {@code rows}, and {@code more} if those aren't all, or {@code
 * refused}.
 *
 * <p>Arguments: bytes of memory, most rows, most columns, most bytes of result; then, of each
 * table, its name, the call that reads it, its file.
 */
final class DuckDbProgram {
  private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);
  private static final int TABLES = 4;

  private final StringBuilder json = new StringBuilder();
  private final int mostRows;
  private final int mostColumns;
  private final int mostBytes;

  private DuckDbProgram(String[] arguments) {
    mostRows = Integer.parseInt(arguments[1]);
    mostColumns = Integer.parseInt(arguments[2]);
    mostBytes = Integer.parseInt(arguments[3]);
  }

  public static void main(String[] arguments) throws IOException {
    String query;
    try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
      query = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    DuckDbProgram program = new DuckDbProgram(arguments);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      lock(connection, arguments);
      program.answer(connection, query);
    } catch (SQLException | RefusedException e) {
      program.json.setLength(0);
      program.json.append("{\"refused\":");
      program.text(String.valueOf(e.getMessage()));
      program.json.append('}');
    }
    try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))) {
      out.write(program.json.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** From here on, DuckDB reads the tables' files and no others, and no SQL changes that. */
  private static void lock(Connection connection, String[] arguments) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '" + arguments[0] + "B'");
      statement.execute("SET temp_directory = ''");
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET allow_community_extensions = false");
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET autoload_known_extensions = false");
      StringBuilder files = new StringBuilder();
      for (int at = TABLES; at < arguments.length; at += 3) {
        files.append(at == TABLES ? "" : ", ").append('\'').append(arguments[at + 2]).append('\'');
      }
      statement.execute("SET allowed_paths = [" + files + "]");
      statement.execute("SET enable_external_access = false");
      for (int at = TABLES; at < arguments.length; at += 3) {
        statement.execute(
            "CREATE VIEW \"%s\" AS SELECT * FROM %s".formatted(arguments[at], arguments[at + 1]));
      }
      statement.execute("SET lock_configuration = true");
    }
  }

  private void answer(Connection connection, String query) throws SQLException {
    onlyOneSelect(connection, query);
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      ResultSetMetaData columns = rows.getMetaData();
      if (columns.getColumnCount() > mostColumns) {
        throw new RefusedException(
            "the result has %d columns, and up to %d are kept; select fewer"
                .formatted(columns.getColumnCount(), mostColumns));
      }
      json.append("{\"columns\":[");
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        json.append(column == 1 ? "{\"name\":" : ",{\"name\":");
        text(columns.getColumnLabel(column));
        json.append(",\"type\":");
        text(columns.getColumnTypeName(column));
        json.append('}');
      }
      json.append("],\"rows\":[");
      boolean more = write(rows, columns.getColumnCount());
      json.append(more ? "],\"more\":true}" : "]}");
    }
  }

  /** DuckDB's own parser is asked: it turns SELECT statements, and only those, into JSON. */
  private static void onlyOneSelect(Connection connection, String query) throws SQLException {
    String ask =
        "SELECT s->>'$.error_message', json_array_length(s, '$.statements')"
            + " FROM (SELECT json_serialize_sql(?::VARCHAR) AS s)";
    try (PreparedStatement statement = connection.prepareStatement(ask)) {
      statement.setString(1, query);
      try (ResultSet answer = statement.executeQuery()) {
        answer.next();
        if (answer.getString(1) != null) {
          throw new RefusedException("one SELECT is run, nothing else: " + answer.getString(1));
        }
        if (answer.getInt(2) != 1) {
          throw new RefusedException(
              "one SELECT is run, nothing else: these are %d statements"
                  .formatted(answer.getInt(2)));
        }
      }
    }
  }

  /** Whether there are more than the limits let through. */
  private boolean write(ResultSet rows, int columns) throws SQLException {
    for (int count = 0; rows.next(); count++) {
      if (count == mostRows) {
        return true;
      }
      int before = json.length();
      json.append(count == 0 ? "[" : ",[");
      for (int column = 1; column <= columns; column++) {
        json.append(column == 1 ? "" : ",");
        value(rows, column);
        if (json.length() > mostBytes) {
          if (count == 0) {
            throw new RefusedException(
                "one row has more than %d bytes; select less".formatted(mostBytes));
          }
          json.setLength(before);
          return true;
        }
      }
      json.append(']');
    }
    return false;
  }

  private void value(ResultSet rows, int column) throws SQLException {
    switch (rows.getObject(column)) {
      case null -> json.append("null");
      case Boolean truth -> json.append(truth.booleanValue());
      case Double number when Double.isFinite(number) -> json.append(number.doubleValue());
      case Float number when Double.isFinite(number) -> json.append(number.doubleValue());
      case Byte number -> json.append(number.longValue());
      case Short number -> json.append(number.longValue());
      case Integer number -> json.append(number.longValue());
      case Long number -> integer(BigInteger.valueOf(number));
      case BigInteger number -> integer(number);
      case java.sql.Blob blob ->
          text(HexFormat.of().formatHex(blob.getBytes(1, Math.toIntExact(blob.length()))));
      default -> text(rows.getString(column));
    }
  }

  private void integer(BigInteger number) {
    if (number.abs().compareTo(EXACT) < 0) {
      json.append(number);
    } else {
      text(number.toString());
    }
  }

  private void text(String text) {
    json.append('"');
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append("\\u").append(HexFormat.of().toHexDigits(character));
      } else {
        json.append(character);
      }
    }
    json.append('"');
  }

  /** What the query's author can mend. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }
}
