package dev.assay.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final Finding FINDING =
      new Finding("s", "c", Severity.BLOCK, CheckVerdict.FAIL, "1", "<= 0", "too much");

  /** Golden: outcome roots rest on this form. */
  @Test
  void findingsDigest_oneFinding_isTheDigestOfItsCanonicalJson() {
    byte[] form =
        ("[{\"check\":\"c\",\"limit\":\"<= 0\",\"observed\":\"1\",\"severity\":\"block\","
                + "\"stage\":\"s\",\"verdict\":\"FAIL\"}]")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(new Judgement(RunVerdict.FAIL, List.of(FINDING)).findingsDigest())
        .isEqualTo(Sha256.of(form));
  }

  @Test
  void findingsDigest_anotherMessage_isTheSame() {
    Finding said =
        new Finding("s", "c", Severity.BLOCK, CheckVerdict.FAIL, "1", "<= 0", "other words");
    assertThat(new Judgement(RunVerdict.FAIL, List.of(said)).findingsDigest())
        .isEqualTo(new Judgement(RunVerdict.FAIL, List.of(FINDING)).findingsDigest());
  }

  @Test
  void findingsDigest_anotherObservation_isAnother() {
    Finding other =
        new Finding("s", "c", Severity.BLOCK, CheckVerdict.FAIL, "2", "<= 0", "too much");
    assertThat(new Judgement(RunVerdict.FAIL, List.of(other)).findingsDigest())
        .isNotEqualTo(new Judgement(RunVerdict.FAIL, List.of(FINDING)).findingsDigest());
  }

  @Test
  void new_unselectedWithFindings_isRefused() {
    assertThatThrownBy(() -> new Judgement(RunVerdict.UNSELECTED, List.of(FINDING)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void new_passWithoutFindings_isRefused() {
    assertThatThrownBy(() -> new Judgement(RunVerdict.PASS, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void opensCase_onlyWhatIsNotShownToBeGood() {
    assertThat(RunVerdict.values())
        .filteredOn(RunVerdict::opensCase)
        .containsExactly(RunVerdict.FAIL, RunVerdict.INDETERMINATE);
  }
}
