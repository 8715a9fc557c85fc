package dev.assay.ledger.verify;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Looks for equal numbers among any number of them in 8 MiB: full buffers are sorted and spilled to
 * temporary files, which are merged at the end.
 */
final class KeyHashes implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final long[] buffer;
  private int filled;
  private final List<Path> runs = new ArrayList<>();

  KeyHashes() {
    this(BUFFER);
  }

  KeyHashes(int bufferSize) {
    buffer = new long[bufferSize];
  }

  void add(long[] hashes) throws IOException {
    for (long hash : hashes) {
      if (filled == buffer.length) {
        spill();
      }
      buffer[filled++] = hash;
    }
  }

  /** Whether two were equal. */
  boolean haveEqual() throws IOException {
    Arrays.sort(buffer, 0, filled);
    if (runs.isEmpty()) {
      for (int i = 1; i < filled; i++) {
        if (buffer[i] == buffer[i - 1]) {
          return true;
        }
      }
      return false;
    }
    spill();
    return mergeFindsEqual();
  }

  private void spill() throws IOException {
    Arrays.sort(buffer, 0, filled);
    Path run = Files.createTempFile("assay-verify-", ".keys");
    runs.add(run);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), 1 << 16))) {
      for (int i = 0; i < filled; i++) {
        out.writeLong(buffer[i]);
      }
    }
    filled = 0;
  }

  private static final class Run {
    private final DataInputStream in;
    private long current;

    Run(DataInputStream in) {
      this.in = in;
    }

    long current() {
      return current;
    }

    boolean advance() throws IOException {
      try {
        current = in.readLong();
        return true;
      } catch (EOFException e) {
        return false;
      }
    }
  }

  private boolean mergeFindsEqual() throws IOException {
    List<DataInputStream> open = new ArrayList<>();
    try {
      PriorityQueue<Run> next = new PriorityQueue<>(Comparator.comparingLong(Run::current));
      for (Path path : runs) {
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
        open.add(in);
        Run run = new Run(in);
        if (run.advance()) {
          next.add(run);
        }
      }
      boolean first = true;
      long previous = 0;
      while (!next.isEmpty()) {
        Run run = next.remove();
        if (!first && run.current() == previous) {
          return true;
        }
        first = false;
        previous = run.current();
        if (run.advance()) {
          next.add(run);
        }
      }
      return false;
    } finally {
      for (DataInputStream in : open) {
        in.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Path run : runs) {
      Files.deleteIfExists(run);
    }
  }
}
