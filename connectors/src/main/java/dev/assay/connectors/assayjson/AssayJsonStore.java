package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunStore;
import dev.assay.connectors.record.RunTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Assay run JSON: files of one run ({@code .json}) or of one a line ({@code .jsonl}). */
public final class AssayJsonStore implements RunStore {
  /** Bytes of a run of a hundred points: what the estimate of a .jsonl file's count divides by. */
  private static final long TYPICAL_RUN_BYTES = 8192;

  private final List<Path> files;

  /** The file that is being read: one at a time, because each has a buffer of a megabyte. */
  private Optional<JsonLines> open = Optional.empty();

  private AssayJsonStore(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** Whether a file's name says that it holds runs. */
  public static boolean isRunFile(Path file) {
    String name = Folder.name(file);
    return name.endsWith(".json") || isLines(file);
  }

  private static boolean isLines(Path file) {
    String name = Folder.name(file);
    return name.endsWith(".jsonl") || name.endsWith(".ndjson");
  }

  /** One file. */
  public static AssayJsonStore ofFile(Path file) {
    return new AssayJsonStore(List.of(file));
  }

  /** All run files of a folder, in the order of their names; folders in it are not entered. */
  public static AssayJsonStore ofFolder(Path folder) throws RecordException {
    return new AssayJsonStore(
        Folder.list(folder).stream().filter(AssayJsonStore::isRunFile).toList());
  }

  @Override
  public boolean knowsIdentities() {
    return false;
  }

  @Override
  public long count() {
    long count = 0;
    for (Path file : files) {
      try {
        count += isLines(file) ? 1 + Folder.size(file) / TYPICAL_RUN_BYTES : 1;
      } catch (RecordException e) {
        count++;
      }
    }
    return count;
  }

  @Override
  public Iterator<RunTask> tasks() {
    Iterator<Path> rest = files.iterator();
    return new Iterator<>() {
      private Iterator<RunTask> current = List.<RunTask>of().iterator();

      @Override
      public boolean hasNext() {
        while (!current.hasNext() && rest.hasNext()) {
          current = tasksOf(rest.next());
        }
        return current.hasNext();
      }

      @Override
      public RunTask next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return current.next();
      }
    };
  }

  private Iterator<RunTask> tasksOf(Path file) {
    if (!isLines(file)) {
      return List.<RunTask>of(new JsonFileTask(file)).iterator();
    }
    try {
      close();
      JsonLines lines = JsonLines.open(file);
      open = Optional.of(lines);
      return lines;
    } catch (IOException | RecordException e) {
      String name = Folder.name(file);
      JsonPlace place = JsonPlace.unreadable(name, 0, name, String.valueOf(e.getMessage()));
      return List.<RunTask>of(new JsonTask(List.of(place), file.toString())).iterator();
    }
  }

  /** Closes a file that was not read to its end. */
  @Override
  public void close() {
    open.ifPresent(JsonLines::close);
    open = Optional.empty();
  }
}
