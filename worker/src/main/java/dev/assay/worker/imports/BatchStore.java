package dev.assay.worker.imports;

import dev.assay.connectors.ImportedRun;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Run;
import dev.assay.registry.Documents;
import dev.assay.registry.PackedRun;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionRow;
import dev.assay.registry.SetMember;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Packs and stores batches on a few threads. {@link #submit} is for one thread. */
final class BatchStore implements AutoCloseable {
  /** Runs a batch: a transaction of about 0.5 MB. */
  static final int SIZE = 200;

  private final Registry registry;
  private final UUID set;
  private final ImportListener listener;
  private final ExecutorService threads;
  private final int maxInFlight;
  private final List<Future<?>> inFlight = new ArrayList<>();
  private final AtomicLong stored = new AtomicLong();

  BatchStore(Registry registry, UUID set, int workers, ImportListener listener) {
    this.registry = registry;
    this.set = set;
    this.listener = listener;
    this.threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().daemon().factory());
    this.maxInFlight = 2 * workers;
  }

  /** Stores a batch soon; waits while too many are on their way. Throws what an earlier one did. */
  void submit(List<ImportedRun> batch) {
    if (batch.isEmpty()) {
      return;
    }
    while (inFlight.size() >= maxInFlight) {
      join(inFlight.removeFirst());
    }
    inFlight.add(threads.submit(() -> store(batch)));
  }

  /** Waits for all batches. */
  void finish() {
    while (!inFlight.isEmpty()) {
      join(inFlight.removeFirst());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void store(List<ImportedRun> batch) {
    List<RevisionRow> rows = new ArrayList<>(batch.size());
    List<SetMember> members = new ArrayList<>(batch.size());
    for (ImportedRun imported : batch) {
      Run run = imported.run();
      rows.add(
          new RevisionRow(
              run.identity(),
              run.source().location(),
              run.name(),
              run.status(),
              PackedRun.pack(imported.encoded())));
      members.add(
          new SetMember(
              run.identity(),
              imported.encoded().digest(),
              run.source().location(),
              imported.artifactDigests().map(this::save)));
    }
    registry.runRevisions().save(rows);
    registry.importSets().add(set, members);
    listener.stored(stored.addAndGet(batch.size()));
  }

  private Sha256 save(ArtifactDigests digests) {
    return registry
        .documents()
        .save(Documents.ARTIFACT_DIGESTS, CanonicalJson.encode(digests.toJson()));
  }

  private static void join(Future<?> batch) {
    try {
      batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while runs were stored", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("runs could not be stored", e.getCause());
    }
  }
}
