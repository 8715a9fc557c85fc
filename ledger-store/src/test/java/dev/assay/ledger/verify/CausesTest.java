package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CausesTest {
  private static final Issue TILE = new Issue(IssueKind.TILE_EDITED, 0, 255, "");
  private static final Issue TIME = new Issue(IssueKind.TIME_REGRESSED, 7, 8, "");

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

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void of_timeBesideANamedEntry_leavesTheEntry(long index) {
    Issue edited = Issue.at(IssueKind.ENTRY_EDITED, index, "");
    assertThat(Causes.of(List.of(edited, TIME), 10)).containsExactly(edited);
  }

  @Test
  void of_timeElsewhere_leavesBoth() {
    Issue before = Issue.at(IssueKind.ENTRY_EDITED, 6, "");
    Issue behind = Issue.at(IssueKind.ENTRY_EDITED, 9, "");
    assertThat(Causes.of(List.of(before, TIME, behind), 10)).containsExactly(before, TIME, behind);
  }
}
