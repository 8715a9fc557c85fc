package dev.assay.registry;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows in PostgreSQL's binary COPY format (manual, "COPY", section Binary Format): half the
 * bytes of text for bytea. The caller announces each row's columns, then gives exactly as many.
 */
final class BinaryCopy implements AutoCloseable {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int BUFFER = 1 << 16;

  private final CopyIn copy;
  private final byte[] buffer = new byte[BUFFER];
  private int size;

  private BinaryCopy(CopyIn copy) {
    this.copy = copy;
  }

  /** Starts a COPY into {@code target}: a table and its columns in parentheses. */
  static BinaryCopy into(Connection connection, String target) throws SQLException {
    BinaryCopy started =
        new BinaryCopy(
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + target + " FROM STDIN (FORMAT binary)"));
    started.raw(SIGNATURE);
    started.putInt(0);
    started.putInt(0);
    return started;
  }

  BinaryCopy row(int columns) throws SQLException {
    room(2);
    putShort(columns);
    return this;
  }

  BinaryCopy text(String value) throws SQLException {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  BinaryCopy bytes(byte[] value) throws SQLException {
    room(4);
    putInt(value.length);
    raw(value);
    return this;
  }

  BinaryCopy bytes(Optional<byte[]> value) throws SQLException {
    if (value.isPresent()) {
      return bytes(value.get());
    }
    room(4);
    putInt(-1);
    return this;
  }

  BinaryCopy integer(int value) throws SQLException {
    room(8);
    putInt(4);
    putInt(value);
    return this;
  }

  BinaryCopy uuid(UUID value) throws SQLException {
    room(20);
    putInt(16);
    putLong(value.getMostSignificantBits());
    putLong(value.getLeastSignificantBits());
    return this;
  }

  /** Ends the COPY; returns the number of rows. */
  long finish() throws SQLException {
    room(2);
    putShort(-1);
    flush();
    return copy.endCopy();
  }

  /** Cancels a COPY that {@link #finish} didn't end. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void raw(byte[] value) throws SQLException {
    if (value.length > BUFFER) {
      flush();
      copy.writeToCopy(value, 0, value.length);
    } else {
      room(value.length);
      System.arraycopy(value, 0, buffer, size, value.length);
      size += value.length;
    }
  }

  private void room(int bytes) throws SQLException {
    if (size + bytes > BUFFER) {
      flush();
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer, 0, size);
    size = 0;
  }

  private void putShort(int value) {
    buffer[size++] = (byte) (value >>> 8);
    buffer[size++] = (byte) value;
  }

  private void putInt(int value) {
    putShort(value >>> 16);
    putShort(value);
  }

  private void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }
}
