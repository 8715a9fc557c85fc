package dev.assay.worker.bundle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of a file that anybody may have made: none is longer than a bound. */
final class BoundedLines implements AutoCloseable {
  /** An entry of 64 KiB in base64, and its proof. */
  private static final int MAX_LINE = 200_000;

  private final InputStream in;
  private final String file;

  BoundedLines(InputStream in, String file) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.file = file;
  }

  /**
   * The next line without its newline; empty at the end.
   *
   * @throws BundleException if it is longer than the bound
   */
  Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() == MAX_LINE) {
        throw new BundleException(
            "%s has a line longer than %d bytes: no bundle of ours".formatted(file, MAX_LINE));
      }
      line.write(next);
    }
    return Optional.of(line.toByteArray());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
