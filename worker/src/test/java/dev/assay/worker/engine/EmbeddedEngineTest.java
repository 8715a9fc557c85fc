package dev.assay.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.engine.Sample.Question;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedEngineTest {
  private static final SearchAttributeKey<String> POLICY =
      SearchAttributeKey.forKeyword("SamplePolicy");

  private final Engine engine = Engines.start(new EngineSettings.Embedded(List.of(POLICY)));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void start_embedded_saysWhatItCan() {
    assertThat(engine.mode()).isEqualTo(EngineMode.EMBEDDED);
    assertThat(engine.uiUrl()).isEmpty();
    assertThat(engine.capabilities())
        .isEqualTo(new EngineCapabilities(false, java.util.Set.of("SamplePolicy")));
  }

  @Test
  void client_recordsOptionalsAndTimes_comeBackEqual() {
    Question question =
        new Question(
            "q",
            Optional.of(Instant.parse("2026-11-22T10:00:00.123456789Z")),
            Duration.ofMillis(1_500),
            List.of(1L, Long.MAX_VALUE));
    try (WorkerHost _ = Sample.worker(engine)) {
      assertThat(echo("e1").ask(question)).isEqualTo(question);
      Question without = new Question("q", Optional.empty(), Duration.ZERO, List.of());
      assertThat(echo("e2").ask(without)).isEqualTo(without);
    }
  }

  @Test
  void client_registeredSearchAttribute_isKept() {
    WorkflowStub stub = withPolicy("s1", POLICY);
    stub.start("x");
    assertThat(stub.describe().getTypedSearchAttributes().get(POLICY)).isEqualTo("strict");
  }

  @Test
  void client_unregisteredSearchAttribute_isRefused() {
    WorkflowStub stub = withPolicy("s2", SearchAttributeKey.forKeyword("Other"));
    assertThatThrownBy(() -> stub.start("x"))
        .rootCause()
        .hasMessageContaining("search attribute Other is not defined");
  }

  @Test
  void close_workUnderWay_letsItEndWithinTheGrace() throws InterruptedException {
    Sample.Activities activities = new Sample.Activities();
    WorkerHost worker = Sample.worker(engine, activities);
    Sample.Slow slow = engine.client().newWorkflowStub(Sample.Slow.class, options("slow"));
    WorkflowExecution execution = WorkflowClient.start(slow::slow, "done");
    activities.began.await();
    worker.close();
    assertThat(
            engine.client().fetchHistory(execution.getWorkflowId()).getEvents().stream()
                .anyMatch(event -> event.hasActivityTaskCompletedEventAttributes()))
        .isTrue();
  }

  private Sample.Echo echo(String id) {
    return engine.client().newWorkflowStub(Sample.Echo.class, options(id));
  }

  private WorkflowStub withPolicy(String id, SearchAttributeKey<String> key) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder(options(id))
            .setTypedSearchAttributes(SearchAttributes.newBuilder().set(key, "strict").build())
            .build();
    return engine.client().newUntypedWorkflowStub("Layers", options);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder().setTaskQueue(Sample.QUEUE).setWorkflowId(id).build();
  }
}
