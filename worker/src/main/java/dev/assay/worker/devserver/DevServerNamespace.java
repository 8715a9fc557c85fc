package dev.assay.worker.devserver;

import com.google.protobuf.util.Durations;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineException;
import dev.assay.worker.engine.EngineMode;
import dev.assay.worker.engine.EngineSettings;
import dev.assay.worker.engine.Engines;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.envconfig.ClientConfigProfile;
import java.time.Duration;
import java.util.Optional;

/** The namespace of a dev server: when it serves, and for how long it keeps what is finished. */
public final class DevServerNamespace {
  private static final String NAME = "default";

  /** The server's own default is one day, too short to look at last week's validation. */
  private static final long RETENTION_DAYS = 90;

  /** It starts in 1 to 2 s, and migrates its database after an update. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final long BETWEEN_TRIES_MILLIS = 50;

  private DevServerNamespace() {}

  /** How to reach the server at these ports. */
  public static EngineSettings.Connected settings(DevServerSettings.Ports ports) {
    return EngineSettings.Connected.uncounted(
        EngineMode.LOCAL,
        ClientConfigProfile.newBuilder().setAddress(ports.address()).setNamespace(NAME).build(),
        Optional.of(ports.uiUrl()));
  }

  /**
   * Waits until the server serves and raises its retention.
   *
   * @return the engine, for the caller to close
   * @throws EngineException if the server ends first, or takes more than a minute
   */
  public static Engine prepare(DevServer server) {
    Engine engine = reach(server);
    try {
      engine
          .stubs()
          .blockingStub()
          .updateNamespace(
              UpdateNamespaceRequest.newBuilder()
                  .setNamespace(NAME)
                  .setConfig(
                      NamespaceConfig.newBuilder()
                          .setWorkflowExecutionRetentionTtl(Durations.fromDays(RETENTION_DAYS)))
                  .build());
      return engine;
    } catch (StatusRuntimeException e) {
      engine.close();
      throw new EngineException("can't raise the dev server's retention: " + e.getMessage(), e);
    }
  }

  private static Engine reach(DevServer server) {
    long giveUp = System.nanoTime() + START.toNanos();
    while (true) {
      if (!server.isAlive()) {
        throw new EngineException(
            "the Temporal dev server ended at its start; %s"
                .formatted(LastLine.of(server.logFile())));
      }
      try {
        if (Listening.on(server.ports().frontend()) && server.isAlive()) {
          return Engines.start(settings(server.ports()));
        }
      } catch (EngineException e) {
        if (System.nanoTime() - giveUp > 0) {
          throw e;
        }
      }
      if (System.nanoTime() - giveUp > 0) {
        throw new EngineException(
            "the Temporal dev server doesn't serve at %s after %d s; %s"
                .formatted(
                    server.ports().address(), START.toSeconds(), LastLine.of(server.logFile())));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while the Temporal dev server started", e);
    }
  }
}
