package dev.assay.model.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExclusionTest {
  private static final CaseEvent EXCLUDE = remedy(Remedy.Kind.EXCLUDE);

  private static CaseEvent remedy(Remedy.Kind kind) {
    return new CaseEvent.Remediating(new Remedy(kind, Optional.empty()));
  }

  @Test
  void stands_afterExclude_untilAnotherRemedyReopeningOrRelease() {
    assertThat(Exclusion.stands(List.of())).isFalse();
    assertThat(Exclusion.stands(List.of(EXCLUDE))).isTrue();
    for (CaseEvent end :
        List.of(
            remedy(Remedy.Kind.REIMPORT),
            new CaseEvent.Reopened(Optional.empty()),
            new CaseEvent.Released(Optional.empty()))) {
      assertThat(Exclusion.stands(List.of(EXCLUDE, end))).isFalse();
      assertThat(Exclusion.stands(List.of(end, EXCLUDE))).isTrue();
    }
  }

  @Test
  void stands_afterJudgementRejectionOrDeadline_stillDoes() {
    for (CaseEvent event :
        List.of(
            new CaseEvent.Judged("w", Optional.empty()),
            new CaseEvent.Rejected(Optional.empty()),
            new CaseEvent.Expired(Instant.EPOCH))) {
      assertThat(Exclusion.stands(List.of(EXCLUDE, event))).isTrue();
    }
  }
}
