package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.record.RecordException;
import java.util.Map;
import java.util.Optional;

/** Sets tags of runs on a tracking server. Safe for use by several threads. */
public final class RunTagger implements AutoCloseable {
  private final Api api;

  private RunTagger(Api api) {
    this.api = api;
  }

  /**
   * Makes ready; nothing is sent yet.
   *
   * @throws RecordException if the access can't be used
   */
  public static RunTagger open(ServerAddress address, ServerAccess access) throws RecordException {
    return new RunTagger(new Api(Http.open(address, access, Patience.USUAL)));
  }

  /**
   * Sets all of the tags or none: in one call, so that nobody sees half of them. A repeated call
   * has no further effect.
   *
   * @return why the server refuses it for this run; empty if it is done
   * @throws ServerUnavailableException if the server can't be reached
   * @throws ServerRefusalException if it doesn't let us in
   */
  public Optional<String> tag(String runId, Map<String, String> tags) {
    try {
      api.tag(runId, tags);
      return Optional.empty();
    } catch (ReplyException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    api.http().close();
  }
}
