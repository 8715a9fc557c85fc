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

/** Packs and stores runs in batches on a few threads. {@link #add} is for one thread. */
final class BatchStore implements AutoCloseable {
  /** Most runs of a batch, which is one transaction. */
  static final int MAX_RUNS = 1_000;

  /** From so many bytes of digest forms on a batch is full; 160 runs of 100 metric points. */
  private static final long FULL = 1 << 20;

  private final Registry registry;
  private final UUID set;
  private final ImportListener listener;
  private final ExecutorService threads;
  private final int maxInFlight;
  private final List<Future<?>> inFlight = new ArrayList<>();
  private final AtomicLong stored = new AtomicLong();
  private final List<ImportedRun> batch = new ArrayList<>();
  private long bytes;

  BatchStore(Registry registry, UUID set, int workers, ImportListener listener) {
    this.registry = registry;
    this.set = set;
    this.listener = listener;
    this.threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().daemon().factory());
    this.maxInFlight = 2 * workers;
  }

  /** Stores a run soon; waits while too many are on their way. Throws what an earlier one did. */
  void add(ImportedRun run) {
    batch.add(run);
    bytes += run.encoded().bytes().length;
    if (batch.size() == MAX_RUNS || bytes >= FULL) {
      submit();
    }
  }

  private void submit() {
    while (inFlight.size() >= maxInFlight) {
      join(inFlight.removeFirst());
    }
    List<ImportedRun> full = List.copyOf(batch);
    inFlight.add(threads.submit(() -> store(full)));
    batch.clear();
    bytes = 0;
  }

  /** Waits until all are stored. */
  void finish() {
    if (!batch.isEmpty()) {
      submit();
    }
    while (!inFlight.isEmpty()) {
      join(inFlight.removeFirst());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void store(List<ImportedRun> runs) {
    List<RevisionRow> rows = new ArrayList<>(runs.size());
    List<SetMember> members = new ArrayList<>(runs.size());
    for (ImportedRun imported : runs) {
      Run run = imported.run();
      rows.add(
          new RevisionRow(
              run.identity(),
              run.source().location(),
              run.name(),
              run.status(),
              PackedRun.pack(run, imported.encoded())));
      members.add(
          new SetMember(
              run.identity(),
              imported.encoded().digest(),
              run.source().location(),
              imported.artifactDigests().map(this::save)));
    }
    registry.importSets().add(set, rows, members);
    listener.stored(stored.addAndGet(runs.size()));
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
