package dev.assay.worker.engine;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import java.time.Duration;

/** What a namespace is set to. */
public final class NamespaceFacts {
  private NamespaceFacts() {}

  /**
   * How long finished workflows are kept.
   *
   * @throws EngineException if the engine doesn't answer
   */
  public static Duration retention(Engine engine) {
    try {
      return Duration.ofSeconds(
          engine
              .stubs()
              .blockingStub()
              .describeNamespace(
                  DescribeNamespaceRequest.newBuilder().setNamespace(engine.namespace()).build())
              .getConfig()
              .getWorkflowExecutionRetentionTtl()
              .getSeconds());
    } catch (StatusRuntimeException e) {
      throw new EngineException(
          "can't ask the engine about namespace %s: %s"
              .formatted(engine.namespace(), e.getStatus().getCode()),
          e);
    }
  }
}
