package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.mlflow.MlflowFacts;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunStore;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.record.TaskResult;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.RunIdentity;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs of a tracking server. Opening it lists them all, which settles what is imported; then
 * each is read by a few calls of its own. Reading throws {@link ServerUnavailableException} or
 * {@link ServerRefusalException} where the server, and no run, is what is wrong.
 */
public final class MlflowServer implements RunStore {
  /** Runs read at once: calls wait for the server more than they work, and it has few workers. */
  private static final int READERS = 8;

  private final Api api;
  private final List<RunList.Key> runs;
  private final boolean digestArtifacts;

  private MlflowServer(Api api, List<RunList.Key> runs, boolean digestArtifacts) {
    this.api = api;
    this.runs = runs;
    this.digestArtifacts = digestArtifacts;
  }

  /**
   * Lists the runs.
   *
   * @param experiment the one experiment to read; empty: all
   * @throws RecordException if the access can't be used
   */
  public static MlflowServer open(
      ServerAddress address,
      ServerAccess access,
      Optional<String> experiment,
      boolean digestArtifacts)
      throws RecordException {
    return open(address, access, Patience.USUAL, experiment, digestArtifacts);
  }

  static MlflowServer open(
      ServerAddress address,
      ServerAccess access,
      Patience patience,
      Optional<String> experiment,
      boolean digestArtifacts)
      throws RecordException {
    Http http = Http.open(address, access, patience);
    try {
      Api api = new Api(http);
      return new MlflowServer(api, RunList.read(api, experiment), digestArtifacts);
    } catch (RuntimeException e) {
      http.close();
      throw e;
    }
  }

  @Override
  public Iterator<RunTask> tasks() {
    long deleted = runs.stream().filter(RunList.Key::deleted).count();
    Stream<RunTask> live =
        runs.stream()
            .filter(run -> !run.deleted())
            .map(run -> new ServerTask(api, run, digestArtifacts));
    return Stream.concat(live, Stream.of(new Deleted(deleted))).iterator();
  }

  @Override
  public boolean knowsIdentities() {
    return true;
  }

  @Override
  public int readers(int threads) {
    return Math.max(threads, READERS);
  }

  @Override
  public long count() {
    return runs.stream().filter(run -> !run.deleted()).count();
  }

  @Override
  public void close() {
    api.http().close();
  }

  private record ServerTask(Api api, RunList.Key run, boolean digestArtifacts) implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of(Texts.identity(MlflowFacts.SYSTEM, run.experiment(), run.runId()));
    }

    @Override
    public TaskResult read() {
      return ServerRun.read(api, run, digestArtifacts);
    }
  }

  private record Deleted(long count) implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of();
    }

    @Override
    public TaskResult read() {
      return TaskResult.deleted(count);
    }
  }
}
