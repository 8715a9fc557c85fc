package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.WorkerSettings;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are versions of a deployment: an open validation moves on with the current one. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WorkerVersionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void setCurrentVersion_withAnOpenValidation_movesItOnAndItFinishes() throws Exception {
    Path runs = MadeUpRuns.write(folder, 400);
    Path policy = MadeUpRuns.policy(folder);
    try (Cluster cluster = Cluster.start(folder);
        Engine engine = cluster.engine()) {
      cluster.makeKeys("worker-a", "worker-b");
      ClusterWorker a = cluster.worker("worker", "worker-a", "--build-id", "A");
      ClusterWorker signer = cluster.worker("signer", "signer", "--build-id", "A");
      a.awaitReady();
      signer.awaitReady();
      makeCurrent(engine, "A");

      JsonNode undisturbed = json(cluster, 1, validate(runs, policy, "on-a", "200"));
      assertThat(ranOn(engine, "validate/on-a#1")).isEqualTo("A");

      json(cluster, 0, detached(validate(runs, policy, "moves", "2")));
      double before = workflowTasks(a);
      UpHome.await("A works on it", () -> workflowTasks(a) > before + 2);
      ClusterWorker b = cluster.worker("worker", "worker-b", "--build-id", "B").awaitReady();
      ClusterWorker signerOfB = cluster.worker("signer", "signer", "--build-id", "B").awaitReady();
      makeCurrent(engine, "B");

      JsonNode moved = json(cluster, 1, "workflow", "wait", "moves");
      assertThat(moved.path("outcomeRoot").asText())
          .isEqualTo(undisturbed.path("outcomeRoot").asText());
      assertThat(ranOn(engine, "validate/moves#1")).isEqualTo("B");
      assertThat(workflowTasks(b)).isPositive();
      assertThat(signerOfB.process().isAlive()).isTrue();
    }
  }

  /** The build that completed the last workflow task, as the engine describes the workflow. */
  private static String ranOn(Engine engine, String workflowId) {
    WorkflowExecutionInfo info =
        engine
            .stubs()
            .blockingStub()
            .describeWorkflowExecution(
                DescribeWorkflowExecutionRequest.newBuilder()
                    .setNamespace(Cluster.NAMESPACE)
                    .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                    .build())
            .getWorkflowExecutionInfo();
    assertThat(info.getWorkerDeploymentName()).isEqualTo(WorkerSettings.DEPLOYMENT);
    assertThat(info.getVersioningInfo().getBehavior().name()).contains("AUTO_UPGRADE");
    return info.getVersioningInfo().getDeploymentVersion().getBuildId();
  }

  /** As {@code temporal worker deployment set-current-version} does, once the version is known. */
  private static void makeCurrent(Engine engine, String buildId) throws InterruptedException {
    UpHome.await(
        buildId + " is current",
        () -> {
          try {
            engine
                .stubs()
                .blockingStub()
                .setWorkerDeploymentCurrentVersion(
                    SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                        .setNamespace(Cluster.NAMESPACE)
                        .setDeploymentName(WorkerSettings.DEPLOYMENT)
                        .setBuildId(buildId)
                        .build());
            return true;
          } catch (io.grpc.StatusRuntimeException _) {
            return false; // its workers have not asked for tasks of all queues yet
          }
        });
  }

  private static double workflowTasks(ClusterWorker worker) {
    return worker.counted("temporal_workflow_task_execution_latency_seconds_count");
  }

  private static String[] detached(String[] validate) {
    List<String> words = new ArrayList<>(List.of(validate));
    words.add("--detach");
    return words.toArray(String[]::new);
  }

  private static String[] validate(Path runs, Path policy, String id, String shard) {
    return new String[] {
      "validate", runs.toString(), "--policy", policy.toString(), "--id", id, "--shard-size", shard
    };
  }

  private static JsonNode json(Cluster cluster, int exit, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--format", "json"));
    try (CommandProcess command = cluster.command(all.toArray(String[]::new))) {
      assertThat(command.await()).as(command.err() + command.out()).isEqualTo(exit);
      return JSON.readTree(command.out());
    }
  }
}
