package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.EightBytes;
import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunTask;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A file of runs, one a line, cut into tasks of a few lines. Blank lines are passed over. */
final class JsonLines implements Iterator<RunTask>, AutoCloseable {
  /** Bytes of one task: large enough that handing it over costs nothing beside reading it. */
  private static final int TASK_BYTES = 128 << 10;

  private final Path file;
  private final String name;
  private final InputStream in;
  private final byte[] buffer = new byte[Limits.LINE_BYTES + TASK_BYTES];
  private int start;
  private int end;
  private boolean ended;
  private long lines;
  private List<JsonPlace> next = List.of();

  private JsonLines(Path file, InputStream in) {
    this.file = file;
    this.name = Folder.name(file);
    this.in = in;
  }

  static JsonLines open(Path file) throws IOException, RecordException {
    return new JsonLines(file, Folder.stream(file));
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && !(ended && start == end)) {
      next = take();
    }
    return !next.isEmpty();
  }

  @Override
  public RunTask next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RunTask task = new JsonTask(next, file.toString());
    next = List.of();
    return task;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // It was only read: nothing can be lost.
      ended = true;
    }
  }

  private List<JsonPlace> take() {
    int stop;
    try {
      // Filled up only when a task's bytes may be missing: moving the rest to the front costs.
      if (end - start < TASK_BYTES) {
        fill();
      }
      stop = lastLineEnd();
      if (stop == start && !ended) {
        fill();
        stop = lastLineEnd();
      }
    } catch (IOException e) {
      ended = true;
      start = end;
      return List.of(unreadable("the file can't be read any further: " + e.getMessage()));
    }
    if (stop == start) {
      return ended && start == end ? List.of() : tooLong();
    }
    return places(stop);
  }

  /** End of the last whole line that belongs to this task; {@code start} if no line ends here. */
  private int lastLineEnd() {
    int most = Math.min(end, start + TASK_BYTES);
    for (int i = most; i > start; i--) {
      if (buffer[i - 1] == '\n') {
        return i;
      }
    }
    for (int i = most; i < end; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return ended ? end : start;
  }

  private List<JsonPlace> places(int stop) {
    byte[] bytes = Arrays.copyOfRange(buffer, start, stop);
    List<JsonPlace> places = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int lineEnd = EightBytes.indexOf(bytes, '\n', from, bytes.length);
      int length = lineEnd - from;
      if (length > Limits.LINE_BYTES) {
        places.add(unreadable(tooLongMessage()));
      } else if (!isBlank(bytes, from, lineEnd)) {
        places.add(new JsonPlace(bytes, from, length, name, lines, id(), Optional.empty()));
      }
      lines++;
      from = lineEnd + 1;
    }
    start = stop;
    return places;
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\r' || bytes[i] == '\t')) {
      i++;
    }
    return i == to;
  }

  /** Passes over a line that fills the buffer and doesn't end. */
  private List<JsonPlace> tooLong() {
    JsonPlace place = unreadable(tooLongMessage());
    try {
      boolean found = false;
      while (!found && !(ended && start == end)) {
        while (start < end && !found) {
          found = buffer[start++] == '\n';
        }
        fill();
      }
    } catch (IOException e) {
      ended = true;
      start = end;
    }
    lines++;
    return List.of(place);
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    while (!ended && end < buffer.length) {
      int read = in.read(buffer, end, buffer.length - end);
      ended = read < 0;
      end += Math.max(0, read);
    }
    if (ended) {
      close();
    }
  }

  private JsonPlace unreadable(String why) {
    return JsonPlace.unreadable(name + ":" + (lines + 1), lines, id(), why);
  }

  private static String tooLongMessage() {
    return "the line is longer than %d bytes; put the run into a .json file of its own"
        .formatted(Limits.LINE_BYTES);
  }

  private String id() {
    return name + ":" + (lines + 1);
  }
}
