package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IssueListTest {
  @Test
  void bounded_manyOfOneKindAndOneOfAnother_keepsTheOne() {
    IssueList issues = new IssueList();
    for (int i = 0; i < 5_000; i++) {
      issues.add(Issue.at(IssueKind.TILE_EDITED, i, ""));
    }
    issues.add(Issue.at(IssueKind.ENTRY_EDITED, 70_000, ""));
    List<Issue> bounded = IssueList.bounded(issues.all());
    assertThat(bounded).hasSize(VerifyReport.MAX_ISSUES);
    assertThat(bounded.getLast().kind()).isEqualTo(IssueKind.ENTRY_EDITED);
    assertThat(issues.hasMore()).isTrue();
  }

  @Test
  void bounded_manyOfTwoKinds_halvesTheRoom() {
    IssueList issues = new IssueList();
    for (int i = 0; i < 900; i++) {
      issues.add(Issue.at(IssueKind.TILE_EDITED, i, ""));
      issues.add(Issue.at(IssueKind.ENTRY_EDITED, i, ""));
    }
    assertThat(IssueList.bounded(issues.all()))
        .hasSize(VerifyReport.MAX_ISSUES)
        .filteredOn(issue -> issue.kind() == IssueKind.ENTRY_EDITED)
        .hasSize(VerifyReport.MAX_ISSUES / 2);
  }

  @Test
  void add_sameKindAtTheSamePlace_isKeptOnce() {
    IssueList issues = new IssueList();
    issues.add(Issue.at(IssueKind.ENTRY_DUPLICATED, 3, "by its hashes"));
    issues.add(Issue.at(IssueKind.ENTRY_DUPLICATED, 3, "by its key"));
    assertThat(issues.all()).hasSize(1);
    assertThat(issues.hasMore()).isFalse();
  }
}
