package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExecutionsTest {
  private static final Sha256 INPUTS = TestRuns.digest("inputs");
  private static final Seal SEAL =
      new Seal(TestRuns.digest("root"), 3, 9, JsonObject.EMPTY.with("PASS", 4));
  private static Executions executions;

  @BeforeAll
  static void open() {
    executions = TestRegistry.fresh().registry().executions();
  }

  @Test
  void allocate_newId_isFirst() {
    Allocation allocation = executions.allocate("validate", "nightly", INPUTS);
    assertThat(allocation.execution().workflowId()).isEqualTo("validate/nightly#1");
    assertThat(allocation.execution().state()).isEqualTo(ExecutionState.ALLOCATED);
    assertThat(allocation.incomplete()).isEmpty();
  }

  @Test
  void allocate_sealedId_takesNextOrdinal() {
    String first = executions.allocate("validate", "again", INPUTS).execution().workflowId();
    executions.started(first);
    executions.sealed(first, SEAL);
    Allocation second = executions.allocate("validate", "again", INPUTS);
    assertThat(second.execution().ordinal()).isEqualTo(2);
    assertThat(second.incomplete()).isEmpty();
  }

  @Test
  void allocate_startedNeverSealed_namesIncomplete() {
    String first = executions.allocate("validate", "crash", INPUTS).execution().workflowId();
    executions.started(first);
    Allocation second = executions.allocate("validate", "crash", INPUTS);
    assertThat(second.incomplete()).extracting(Execution::workflowId).containsExactly(first);
    executions.abandoned(first);
    executions.abandoned(first);
    executions.started(second.execution().workflowId());
    executions.sealed(second.execution().workflowId(), SEAL);
    assertThat(executions.allocate("validate", "crash", INPUTS).incomplete()).isEmpty();
  }

  @Test
  void allocate_allocatedNeverStarted_namesItUntilItIsClosed() {
    String first = executions.allocate("validate", "early", INPUTS).execution().workflowId();
    Allocation second = executions.allocate("validate", "early", INPUTS);
    assertThat(second.incomplete())
        .singleElement()
        .satisfies(
            early -> {
              assertThat(early.workflowId()).isEqualTo(first);
              assertThat(early.state()).isEqualTo(ExecutionState.ALLOCATED);
            });
    executions.abandoned(first);
    executions.started(second.execution().workflowId());
    assertThat(executions.allocate("validate", "early", INPUTS).incomplete())
        .extracting(Execution::workflowId)
        .containsExactly(second.execution().workflowId());
  }

  @Test
  void allocate_otherInputs_isRefusedAndTakesNoOrdinal() {
    executions.allocate("validate", "inputs", INPUTS);
    assertThatThrownBy(() -> executions.allocate("validate", "inputs", TestRuns.digest("other")))
        .isInstanceOf(InputsDifferException.class)
        .hasMessageContaining("validate/inputs")
        .hasMessageContaining(INPUTS.abbreviated());
    assertThat(executions.allocate("validate", "inputs", INPUTS).execution().ordinal())
        .isEqualTo(2);
  }

  @Test
  void allocate_manyThreads_givesEachItsOwnOrdinal() throws Exception {
    Callable<List<Integer>> caller =
        () -> {
          List<Integer> mine = new ArrayList<>();
          for (int i = 0; i < 25; i++) {
            mine.add(executions.allocate("validate", "busy", INPUTS).execution().ordinal());
          }
          return mine;
        };
    List<Integer> all = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var future : pool.invokeAll(List.of(caller, caller, caller, caller))) {
        assertThat(future.get()).isSorted();
        all.addAll(future.get());
      }
    }
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void allocate_badNames_areRefused() {
    for (String id : List.of("", "a#1", "a\nb", "x".repeat(201))) {
      assertThatThrownBy(() -> executions.allocate("validate", id, INPUTS))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> executions.allocate("Validate", "a", INPUTS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sealed_again_sameIsKeptOtherIsRefused() {
    String id = executions.allocate("validate", "seal", INPUTS).execution().workflowId();
    executions.started(id);
    executions.started(id);
    Execution sealed = executions.sealed(id, SEAL);
    assertThat(sealed.seal()).contains(SEAL);
    assertThat(executions.sealed(id, SEAL)).isEqualTo(sealed);
    Seal other = new Seal(TestRuns.digest("other root"), 3, 9, SEAL.summary());
    assertThatThrownBy(() -> executions.sealed(id, other))
        .isInstanceOf(RecordConflictException.class)
        .hasMessageContaining(SEAL.outcomeRoot().hex());
    assertThatThrownBy(() -> executions.abandoned(id))
        .isInstanceOf(ExecutionStateException.class)
        .hasMessageContaining("SEALED");
  }

  @Test
  void sealed_notStartedOrAbandoned_isRefused() {
    String id = executions.allocate("validate", "early", INPUTS).execution().workflowId();
    assertThatThrownBy(() -> executions.sealed(id, SEAL))
        .isInstanceOf(ExecutionStateException.class);
    executions.abandoned(id);
    assertThatThrownBy(() -> executions.sealed(id, SEAL))
        .isInstanceOf(ExecutionStateException.class);
    assertThatThrownBy(() -> executions.started("validate/nobody#1"))
        .isInstanceOf(ExecutionStateException.class)
        .hasMessageContaining("validate/nobody#1");
  }

  @Test
  void lookups_severalExecutions_findThem() {
    executions.allocate("lookup", "a", INPUTS);
    executions.allocate("lookup", "a", INPUTS);
    executions.allocate("lookup", "b", INPUTS);
    assertThat(executions.latest("lookup", "a").orElseThrow().ordinal()).isEqualTo(2);
    assertThat(executions.latest("lookup", "c")).isEmpty();
    assertThat(executions.find("lookup/a#1").orElseThrow().ordinal()).isEqualTo(1);
    assertThat(executions.list("lookup", 2))
        .extracting(Execution::workflowId)
        .containsExactly("lookup/b#1", "lookup/a#2");
  }
}
