package dev.assay.connectors;

import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RunStore;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.record.TaskResult;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Problem;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunCodec;
import dev.assay.model.run.RunIdentity;
import dev.assay.parallel.OrderedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One reading of all stores. A run is delivered before the next ones are read, so which identities
 * occur twice must be known first: a pass over the identities alone, which folders give by their
 * names and JSON by its first keys. Only if some do, a second pass takes the digests of those.
 */
final class ImportPass {
  private final List<RunStore> stores;
  private final int workers;
  private final Set<RunIdentity> repeated = new HashSet<>();
  private final Map<RunIdentity, Set<Sha256>> records = new HashMap<>();
  private final Set<Sha256> delivered = new HashSet<>();
  private long runs;
  private long withProblems;
  private long duplicates;
  private long conflicting;
  private long deleted;

  ImportPass(List<RunStore> stores, int workers) {
    this.stores = stores;
    this.workers = workers;
  }

  ImportReport read(Consumer<ImportedRun> sink) {
    findRepeated();
    if (!repeated.isEmpty()) {
      digestRepeated();
    }
    overTasks(ImportPass::encoded, batch -> deliver(batch, sink));
    return new ImportReport(runs, withProblems, duplicates, conflicting, deleted);
  }

  /** What one task gave, encoded by the worker that read it. */
  private record Batch(List<ImportedRun> runs, long deleted) {}

  private static Batch encoded(RunTask task) {
    TaskResult result = task.read();
    List<ImportedRun> runs = new ArrayList<>(result.runs().size());
    for (ReadRun read : result.runs()) {
      runs.add(new ImportedRun(read.run(), RunCodec.encode(read.run()), read.digests()));
    }
    return new Batch(runs, result.deleted());
  }

  private void findRepeated() {
    Set<RunIdentity> seen = new HashSet<>();
    for (RunStore store : stores) {
      OrderedMap.run(
          store.tasks(),
          store.knowsIdentities() ? 1 : workers, // to hand a name over costs more than to make it
          RunTask::identities,
          identities -> {
            for (RunIdentity identity : identities) {
              if (!seen.add(identity)) {
                repeated.add(identity);
              }
            }
          });
    }
  }

  private void digestRepeated() {
    overTasks(
        task ->
            task.identities().stream().anyMatch(repeated::contains)
                ? encoded(task)
                : new Batch(List.of(), 0),
        batch -> {
          for (ImportedRun run : batch.runs()) {
            RunIdentity identity = run.run().identity();
            if (repeated.contains(identity)) {
              records.computeIfAbsent(identity, _ -> new HashSet<>()).add(run.encoded().digest());
            }
          }
        });
  }

  private void deliver(Batch batch, Consumer<ImportedRun> sink) {
    deleted += batch.deleted();
    for (ImportedRun run : batch.runs()) {
      RunIdentity identity = run.run().identity();
      Set<Sha256> known = records.getOrDefault(identity, Set.of());
      if (!known.isEmpty() && !delivered.add(run.encoded().digest())) {
        duplicates++;
        continue;
      }
      if (known.size() > 1) {
        conflicting++;
      }
      ImportedRun told = known.size() > 1 ? withConflict(run, known.size()) : run;
      runs++;
      withProblems += told.run().problems().isEmpty() ? 0 : 1;
      sink.accept(told);
    }
  }

  private static ImportedRun withConflict(ImportedRun imported, int count) {
    Run run =
        imported
            .run()
            .withProblems(
                List.of(
                    new Problem(
                        "",
                        "%d different records of this run are in the set; give one of them"
                            .formatted(count))));
    return new ImportedRun(run, RunCodec.encode(run), imported.artifactDigests());
  }

  private <T> void overTasks(Function<RunTask, T> work, Consumer<T> consumer) {
    for (RunStore store : stores) {
      Iterator<RunTask> tasks = store.tasks();
      OrderedMap.run(tasks, store.readers(workers), work, consumer);
    }
  }
}
