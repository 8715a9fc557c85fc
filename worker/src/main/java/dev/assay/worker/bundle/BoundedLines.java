package dev.assay.worker.bundle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Lines of a file that anybody may have made. What is longer than a bound, or doesn't end with a
 * newline, is no line: it is given as an empty one, which is never right.
 */
final class BoundedLines implements AutoCloseable {
  /** An entry of 64 KiB in base64, and its proof. */
  private static final int MAX_LINE = 200_000;

  private final InputStream in;

  BoundedLines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The next line without its newline; empty at the end. */
  Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    boolean fits = true;
    for (; next >= 0 && next != '\n'; next = in.read()) {
      fits = line.size() < MAX_LINE;
      if (fits) {
        line.write(next);
      }
    }
    return Optional.of(fits && next == '\n' ? line.toByteArray() : new byte[0]);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
