package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.record.TaskResult;
import dev.assay.model.run.RunIdentity;
import java.util.List;
import java.util.Optional;

/** A few lines of a file, each a run; or one file that is a run. */
record JsonTask(List<JsonPlace> places, String location) implements RunTask {
  @Override
  public List<RunIdentity> identities() {
    return places.stream().map(JsonPlace::identity).toList();
  }

  @Override
  public TaskResult read() {
    return new TaskResult(
        places.stream()
            .map(place -> new ReadRun(RunReader.read(place, location), Optional.empty()))
            .toList(),
        0);
  }
}
