package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CausesTest {
  private static final Issue TILE = new Issue(IssueKind.TILE_EDITED, 0, 255, "");
  private static final Issue TIME = Issue.at(IssueKind.TIME_REGRESSED, 8, "");

  @Test
  void of_tilePromisedByAnEnlargedHead_leavesTheStranger() {
    Issue stranger = Issue.at(IssueKind.ENTRY_INSERTED, 100, "");
    assertThat(Causes.of(List.of(TILE, stranger), 256)).containsExactly(stranger);
  }

  @Test
  void of_tileBelowStrangersPlaces_leavesBoth() {
    Issue stranger = Issue.at(IssueKind.ENTRY_INSERTED, 100, "");
    assertThat(Causes.of(List.of(TILE, stranger), 600)).containsExactly(TILE, stranger);
  }

  @Test
  void of_strangerBeyondTheHead_leavesBoth() {
    Issue stranger = Issue.at(IssueKind.ENTRY_INSERTED, 256, "");
    assertThat(Causes.of(List.of(TILE, stranger), 256)).containsExactly(TILE, stranger);
  }

  @Test
  void of_timeBesideANamedEntry_leavesTheEntry() {
    Issue edited = Issue.at(IssueKind.ENTRY_EDITED, 7, "");
    assertThat(Causes.of(List.of(edited, TIME), 10)).containsExactly(edited);
  }

  @Test
  void of_timeElsewhere_leavesBoth() {
    Issue edited = Issue.at(IssueKind.ENTRY_EDITED, 5, "");
    assertThat(Causes.of(List.of(edited, TIME), 10)).containsExactly(edited, TIME);
  }
}
