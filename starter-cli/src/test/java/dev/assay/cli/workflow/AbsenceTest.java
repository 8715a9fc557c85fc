package dev.assay.cli.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.workflow.WorkflowShowCommand.Absence;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.ExecutionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AbsenceTest {
  private static final String ID = "validate/a#1";
  private static final JsonObject NOT_RUNNING = JsonObject.EMPTY.with("status", "NOT_RUNNING");

  @Test
  void text_askedAndUnknown_saysThatTheEngineKnowsNothing() {
    Absence absence = new Absence(true, false);
    assertThat(absence.text(ID, ExecutionState.STARTED)).isEqualTo("knows nothing of it");
    assertThat(absence.json()).isEmpty();
  }

  @Test
  void text_openAndItsEngineRests_saysWhatGoesOnWithIt() {
    Absence absence = new Absence(false, true);
    assertThat(absence.text(ID, ExecutionState.STARTED))
        .isEqualTo(
            "isn't running: 'assay up' or 'assay workflow wait validate/a#1' goes on with it");
    assertThat(absence.json()).hasValue(NOT_RUNNING);
  }

  @ParameterizedTest
  @EnumSource(names = {"SEALED", "ABANDONED"})
  void text_endedAndItsEngineRests_promisesNothing(ExecutionState state) {
    assertThat(new Absence(false, true).text(ID, state)).isEqualTo("isn't running");
  }

  @Test
  void text_engineEndedWithItsCommand_promisesNothing() {
    assertThat(new Absence(false, false).text(ID, ExecutionState.STARTED))
        .isEqualTo("isn't running");
  }
}
