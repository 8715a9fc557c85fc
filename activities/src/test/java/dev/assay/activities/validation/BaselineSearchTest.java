package dev.assay.activities.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.PinnedRun;
import dev.assay.model.policy.RunReference;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.RevisionKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which run a policy means. */
class BaselineSearchTest {
  private static final RevisionKey A = key("e", "a", "1");
  private static final RevisionKey A_CHANGED = key("e", "a", "2");
  private static final RevisionKey A_ELSEWHERE = key("f", "a", "3");
  private static final RevisionKey CALLED_LIKE_A = key("g", "assay/e/a", "4");

  @Test
  void found_onlyOneFits_isIt() {
    assertThat(find("a", List.of(A))).isEqualTo(found(A));
    assertThat(find("a", List.of(), A)).isEqualTo(found(A));
    assertThat(find("assay/e/a", List.of(A))).isEqualTo(found(A));
    assertThat(find(A.digest().hex().substring(0, 8), List.of(A))).isEqualTo(found(A));
  }

  @Test
  void found_identity_countsBeforeAnIdThatReadsLikeIt() {
    assertThat(find("assay/e/a", List.of(A), CALLED_LIKE_A)).isEqualTo(found(A));
  }

  @Test
  void found_severalOfOneId_isUnresolvedAndNamesTwo() {
    assertThat(find("a", List.of(A), A_ELSEWHERE))
        .isInstanceOfSatisfying(
            PinnedRun.Unresolved.class,
            unresolved ->
                assertThat(unresolved.why())
                    .startsWith("several runs are called 'a': assay/e/a (")
                    .contains("assay/f/a ("));
  }

  @Test
  void found_headThatTheSetHasANewRevisionOf_isTheNewOne() {
    assertThat(find("a", List.of(A), A_CHANGED)).isEqualTo(found(A_CHANGED));
  }

  @Test
  void found_digestOfARevisionThatTheSetOvertakes_isUnresolved() {
    assertThat(find(A.digest().hex(), List.of(A), A_CHANGED))
        .isEqualTo(
            new PinnedRun.Unresolved("no run '%s' is on record".formatted(A.digest().hex())));
  }

  @Test
  void found_twoRevisionsOfOneRunInTheSet_isUnresolved() {
    assertThat(find("a", List.of(), A, A_CHANGED)).isInstanceOf(PinnedRun.Unresolved.class);
  }

  @Test
  void found_sameRevisionTwiceInTheSet_isIt() {
    assertThat(find("a", List.of(), A, A)).isEqualTo(found(A));
  }

  @Test
  void found_shortDigits_areNoDigest() {
    assertThat(find(A.digest().hex().substring(0, 7), List.of(A)))
        .isInstanceOf(PinnedRun.Unresolved.class);
  }

  private static PinnedRun find(String text, List<RevisionKey> heads, RevisionKey... set) {
    BaselineSearch search = new BaselineSearch(new RunReference(text), heads);
    for (RevisionKey member : set) {
      search.add(member);
    }
    return search.found();
  }

  private static PinnedRun found(RevisionKey key) {
    return new PinnedRun.Found(key.identity(), key.digest());
  }

  private static RevisionKey key(String experiment, String id, String content) {
    return new RevisionKey(
        new RunIdentity("assay", experiment, id),
        Sha256.of(content.getBytes(StandardCharsets.UTF_8)));
  }
}
