package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.record.TaskResult;
import dev.assay.model.run.RunIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file that is one run; read when the task runs, so that no more are in memory than workers. */
record JsonFileTask(Path file) implements RunTask {
  @Override
  public List<RunIdentity> identities() {
    return List.of(place().identity());
  }

  @Override
  public TaskResult read() {
    return new JsonTask(List.of(place()), file.toString()).read();
  }

  private JsonPlace place() {
    String name = Folder.name(file);
    String id = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    try {
      Optional<byte[]> bytes = Folder.read(file, Limits.FILE_BYTES);
      return bytes
          .map(read -> new JsonPlace(read, 0, read.length, name, 0, id, Optional.empty()))
          .orElseGet(() -> JsonPlace.unreadable(name, 0, id, "the file isn't there any more"));
    } catch (RecordException e) {
      return JsonPlace.unreadable(name, 0, id, String.valueOf(e.getMessage()));
    }
  }
}
