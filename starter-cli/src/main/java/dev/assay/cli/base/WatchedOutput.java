package dev.assay.cli.base;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A print stream that knows why it couldn't write; Java's own knows only that. UTF-8, buffered. */
final class WatchedOutput extends PrintStream {
  private static final int BUFFER = 1 << 16;

  /** What the system says (EPIPE) where nobody reads any more: {@code | head -1} has enough. */
  private static final String READER_GONE = "Broken pipe";

  private final Watched watched;

  WatchedOutput(OutputStream out) {
    this(new Watched(out));
  }

  private WatchedOutput(Watched watched) {
    super(new BufferedOutputStream(watched, BUFFER), false, StandardCharsets.UTF_8);
    this.watched = watched;
  }

  /** Why the first write that failed did; empty if none did, or if the reader has gone. */
  Optional<String> failure() {
    return watched.failure.filter(reason -> !reason.contains(READER_GONE));
  }

  private static final class Watched extends FilterOutputStream {
    private volatile Optional<String> failure = Optional.empty();

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        if (failure.isEmpty()) {
          failure = Optional.of(String.valueOf(e.getMessage()));
        }
        throw e;
      }
    }
  }
}
