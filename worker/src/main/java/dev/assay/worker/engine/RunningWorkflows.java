package dev.assay.worker.engine;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import java.util.Set;
import java.util.TreeSet;

/** Which workflows of a type run, from an engine's list; it may lag a second or so behind. */
public final class RunningWorkflows {
  private static final int PAGE = 1_000;

  private RunningWorkflows() {}

  /**
   * Their ids.
   *
   * @param type a type of ours, as the engine knows it
   * @throws EngineException if the engine doesn't answer
   */
  public static Set<String> ofType(Engine engine, String type) {
    Set<String> ids = new TreeSet<>();
    ListWorkflowExecutionsRequest.Builder request =
        ListWorkflowExecutionsRequest.newBuilder()
            .setNamespace(engine.namespace())
            .setPageSize(PAGE)
            .setQuery("WorkflowType = '%s' AND ExecutionStatus = 'Running'".formatted(type));
    try {
      ByteString next;
      do {
        ListWorkflowExecutionsResponse page =
            EngineCalls.patiently(
                () -> engine.stubs().blockingStub().listWorkflowExecutions(request.build()));
        page.getExecutionsList().forEach(info -> ids.add(info.getExecution().getWorkflowId()));
        next = page.getNextPageToken();
        request.setNextPageToken(next);
      } while (!next.isEmpty());
    } catch (StatusRuntimeException e) {
      throw new EngineException(
          "can't ask the engine which workflows of type %s run: %s"
              .formatted(type, e.getStatus().getCode()),
          e);
    }
    return ids;
  }
}
