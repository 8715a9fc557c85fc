package dev.assay.worker;

import dev.assay.worker.devserver.DevServer;
import dev.assay.worker.devserver.DevServerNamespace;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineCapabilities;
import dev.assay.worker.engine.EngineMode;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Optional;

/** An engine whose dev server ends with it; the workflows stay in its database file. */
record OwnServer(DevServer server, Engine connected) implements Engine {

  static OwnServer start(DevServer server) {
    try {
      return new OwnServer(server, DevServerNamespace.prepare(server));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public EngineMode mode() {
    return connected.mode();
  }

  @Override
  public WorkflowServiceStubs stubs() {
    return connected.stubs();
  }

  @Override
  public WorkflowClient client() {
    return connected.client();
  }

  @Override
  public String namespace() {
    return connected.namespace();
  }

  @Override
  public Optional<String> address() {
    return connected.address();
  }

  @Override
  public Optional<String> uiUrl() {
    return connected.uiUrl();
  }

  @Override
  public EngineCapabilities capabilities() {
    return connected.capabilities();
  }

  @Override
  public void close() {
    try (server) {
      connected.close();
    }
  }
}
