package dev.assay.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.LedgerLookups.State;
import dev.assay.ledger.verify.Warning;
import dev.assay.worker.anchors.AnchorState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordFindingsTest {
  @Test
  void anchor_each_saysWhatToDoAndNeverFails() {
    Path folder = Path.of("/mnt/anchor");
    assertThat(
            RecordFindings.anchor(new AnchorState(folder, AnchorState.State.CURRENT, "")).state())
        .isEqualTo(Checkup.State.OK);
    assertThat(RecordFindings.anchor(new AnchorState(folder, AnchorState.State.BEHIND, "")))
        .satisfies(checkup -> assertThat(checkup.state()).isEqualTo(Checkup.State.WARN))
        .satisfies(checkup -> assertThat(checkup.remedy()).contains("anchor publish"));
    assertThat(RecordFindings.anchor(new AnchorState(folder, AnchorState.State.DEAD, "it is away")))
        .satisfies(checkup -> assertThat(checkup.state()).isEqualTo(Checkup.State.WARN))
        .satisfies(checkup -> assertThat(checkup.found()).isEqualTo("it is away"));
  }

  @Test
  void ledger_signed_agrees() {
    assertThat(RecordFindings.ledger("main", 3, true, false))
        .isEqualTo(
            Checkup.ok(
                "ledger main", "3 entries, agrees with the checkpoint that was signed last"));
  }

  @Test
  void ledger_neverSigned_warnsAndSaysHowTo() {
    Checkup found = RecordFindings.ledger("main", 3, false, false);
    assertThat(found.state()).isEqualTo(Checkup.State.WARN);
    assertThat(found.found()).startsWith("3 entries, no checkpoint signed yet");
    assertThat(found.remedy()).contains("assay ledger checkpoint");
  }

  @Test
  void ledger_checkpointLost_claimsNoAgreement() {
    Checkup found = RecordFindings.ledger("main", 3, false, true);
    assertThat(found.found()).doesNotContain("agrees", "signed yet");
  }

  @Test
  void workflows_openAndTheirEngineRests_goOnWithUpOrWait() {
    Checkup found = RecordFindings.workflows(List.of("validate/a#1"), 100, true);
    assertThat(found)
        .isEqualTo(
            Checkup.warn(
                "workflows",
                "open, and not being worked on: validate/a#1",
                "'assay up' or 'assay workflow wait validate/a#1' goes on with it"));
  }

  @Test
  void workflows_openAndTheirEngineIsGone_areJudgedAnew() {
    Checkup found = RecordFindings.workflows(List.of("validate/a#1"), 100, false);
    assertThat(found.state()).isEqualTo(Checkup.State.WARN);
    assertThat(found.remedy()).contains("run the same 'assay validate' again");
  }

  @Test
  void workflows_moreThanFive_namesFiveAndCountsTheRest() {
    List<String> open = List.of("a#1", "b#1", "c#1", "d#1", "e#1", "f#1", "g#1");
    assertThat(RecordFindings.workflows(open, 100, true).found())
        .endsWith("a#1, b#1, c#1, d#1, e#1 and 2 more");
  }

  @Test
  void workflows_noneOpen_isFine() {
    assertThat(RecordFindings.workflows(List.of(), 100, true).state()).isEqualTo(Checkup.State.OK);
  }

  @Test
  void lookups_aheadOrFarBehind_areWarnedOf() {
    assertThat(lookups(new State(61, 61)).state()).isEqualTo(Checkup.State.OK);
    assertThat(lookups(new State(50, 61)).state()).isEqualTo(Checkup.State.OK);
    assertThat(lookups(new State(62, 61)))
        .satisfies(checkup -> assertThat(checkup.state()).isEqualTo(Checkup.State.WARN))
        .satisfies(checkup -> assertThat(checkup.found()).contains("cover 62", "has 61"))
        .satisfies(checkup -> assertThat(checkup.remedy()).contains("rebuild-projections"));
    assertThat(lookups(new State(0, 100_001)).found()).contains("100001 entries behind");
    assertThat(lookups(new State(-1, 200_000)).found()).contains("being made again");
  }

  @Test
  void lookups_otherThanTheEntries_areWarnedOf() {
    Warning difference = new Warning(Warning.Kind.LOOKUPS_DIFFER, "has 3 rows", "make it again");
    assertThat(RecordFindings.lookups(new State(61, 61), Optional.of(difference)))
        .isEqualTo(Checkup.warn("lookups", "has 3 rows", "make it again"));
  }

  private static Checkup lookups(State state) {
    return RecordFindings.lookups(state, Optional.empty());
  }
}
