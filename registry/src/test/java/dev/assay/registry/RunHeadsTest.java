package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.RunReference;
import dev.assay.model.run.RunIdentity;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The newest revision of each run, by ledger, and the first artifacts seen. */
class RunHeadsTest {
  private static final String LEDGER = "main";
  private static RunHeads heads;
  private static TestSets test;

  @BeforeAll
  static void open() {
    TestRegistry database = TestRegistry.fresh();
    heads = database.registry().runHeads();
    test = new TestSets(database.registry().importSets());
  }

  @Test
  void heads_newSameChanged_areToldApart() {
    RunIdentity identity = TestRuns.identity("head-1");
    RevisionKey first = new RevisionKey(identity, TestRuns.digest("v1"));
    RevisionKey second = new RevisionKey(identity, TestRuns.digest("v2"));
    assertThat(heads.compare(LEDGER, List.of(first, second)))
        .containsExactly(new HeadState.New(), new HeadState.New());
    heads.advance(LEDGER, List.of(new HeadAdvance(first, 5)));
    assertThat(heads.compare(LEDGER, List.of(second, first)))
        .containsExactly(new HeadState.Changed(first.digest(), 5), new HeadState.Same(5));
    assertThat(
            test.sorted(test.closed(List.of(TestSets.member(identity, "v2"))), LEDGER)
                .getFirst()
                .head())
        .isEqualTo(new HeadState.Changed(first.digest(), 5));
  }

  @Test
  void heads_ofAnotherLedger_areItsOwn() {
    RunIdentity identity = TestRuns.identity("head-3");
    RevisionKey first = new RevisionKey(identity, TestRuns.digest("v1"));
    RevisionKey second = new RevisionKey(identity, TestRuns.digest("v2"));
    heads.advance(LEDGER, List.of(new HeadAdvance(first, 5)));
    assertThat(heads.compare("other", List.of(first))).containsExactly(new HeadState.New());
    heads.advance("other", List.of(new HeadAdvance(second, 2)));
    assertThat(heads.compare("other", List.of(second))).containsExactly(new HeadState.Same(2));
    assertThat(heads.compare(LEDGER, List.of(first))).containsExactly(new HeadState.Same(5));
    UUID set = test.closed(List.of(TestSets.member(identity, "v1")));
    assertThat(test.sorted(set, LEDGER))
        .extracting(SortedMember::head)
        .containsExactly(new HeadState.Same(5));
    assertThat(test.sorted(set, "other"))
        .extracting(SortedMember::head)
        .containsExactly(new HeadState.Changed(second.digest(), 2));
    assertThat(test.sorted(set, "third"))
        .extracting(SortedMember::head)
        .containsExactly(new HeadState.New());
  }

  @Test
  void advance_repeatedAndLate_keepsNewestEntry() {
    RunIdentity identity = TestRuns.identity("head-2");
    HeadAdvance old = new HeadAdvance(new RevisionKey(identity, TestRuns.digest("v1")), 5);
    HeadAdvance young = new HeadAdvance(new RevisionKey(identity, TestRuns.digest("v2")), 8);
    heads.advance(LEDGER, List.of(young, old));
    heads.advance(LEDGER, List.of(old));
    heads.advance(LEDGER, List.of(young));
    assertThat(heads.compare(LEDGER, List.of(young.revision())))
        .containsExactly(new HeadState.Same(8));
  }

  @Test
  void recordFirstArtifacts_laterImports_keepFirst() {
    RunIdentity identity = TestRuns.identity("artifacts-1");
    Sha256 run = TestRuns.digest("run");
    UUID without = test.closed(List.of(new SetMember(identity, run, "/", Optional.empty())));
    assertThat(heads.recordFirstArtifacts(without)).isZero();
    Sha256 original = TestRuns.digest("original");
    UUID first = test.closed(List.of(new SetMember(identity, run, "/", Optional.of(original))));
    assertThat(test.sorted(first, LEDGER).getFirst().planRow().artifactsFirst()).contains(original);
    assertThat(heads.recordFirstArtifacts(first)).isEqualTo(1);
    assertThat(heads.recordFirstArtifacts(first)).isZero();
    Sha256 changed = TestRuns.digest("changed");
    UUID later = test.closed(List.of(new SetMember(identity, run, "/", Optional.of(changed))));
    assertThat(heads.recordFirstArtifacts(later)).isZero();
    PlanRow row = test.sorted(later, LEDGER).getFirst().planRow();
    assertThat(row.artifactsNow()).contains(changed);
    assertThat(row.artifactsFirst()).contains(original);
  }

  @Test
  void meant_idOrBeginningOfIdOrDigest_findsTheRunsOfThatLedger() {
    String ledger = "meant";
    List<String> ids = List.of("3f2a", "3f2a99", "77%_", "other");
    for (int i = 0; i < ids.size(); i++) {
      RevisionKey revision =
          new RevisionKey(TestRuns.identity(ids.get(i)), TestRuns.digest(ids.get(i)));
      heads.advance(ledger, List.of(new HeadAdvance(revision, i)));
    }
    assertThat(meant(ledger, "3f2a")).containsExactly("3f2a");
    assertThat(meant(ledger, "3f2")).containsExactly("3f2a", "3f2a99");
    assertThat(meant(ledger, "77%")).containsExactly("77%_");
    assertThat(meant(ledger, "%")).isEmpty();
    assertThat(meant(ledger, TestRuns.digest("other").hex().substring(0, 12)))
        .containsExactly("other");
    assertThat(meant("another", "3f2a")).isEmpty();
    assertThat(heads.meant(ledger, "", 3)).hasSize(3);
    assertThat(heads.meant(ledger, "other", 3).getFirst().entryIndex()).isEqualTo(3);
  }

  private static List<String> meant(String ledger, String written) {
    return heads.meant(ledger, written, 10).stream().map(run -> run.identity().runId()).toList();
  }

  @Test
  void fitting_identityIdAndDigest_bestFirst() {
    RevisionKey named = head("fit", "e/1", "r%1", "fit-named");
    RevisionKey other = head("fit", "e2", "r%1", "fit-other");
    head("fit", "e3", "another", "fit-third");
    String digest = named.digest().hex();

    assertThat(fitting("r%1")).containsExactly(named, other);
    assertThat(fitting(named.identity().toString())).containsExactly(named);
    assertThat(fitting(digest)).containsExactly(named);
    assertThat(fitting(digest.substring(0, 8))).containsExactly(named);
    assertThat(fitting(digest.substring(0, 7))).isEmpty();
    assertThat(fitting("r")).isEmpty();
    assertThat(heads.fitting("other", new RunReference("r%1"), 10)).isEmpty();
  }

  @Test
  void fitting_everyAnswer_isWhatTheReferenceItselfSays() {
    RevisionKey head = head("fit2", "e", "abcdef0123", "fit2");
    for (String text : List.of("abcdef0123", head.digest().hex(), head.identity().toString())) {
      RunReference reference = new RunReference(text);
      assertThat(heads.fitting("fit2", reference, 10))
          .isNotEmpty()
          .allMatch(key -> reference.fit(key.identity(), key.digest()) != RunReference.Fit.NONE);
    }
  }

  private static List<RevisionKey> fitting(String text) {
    return heads.fitting("fit", new RunReference(text), 10);
  }

  private static RevisionKey head(String ledger, String experiment, String id, String content) {
    RevisionKey key =
        new RevisionKey(new RunIdentity("assay", experiment, id), TestRuns.digest(content));
    heads.advance(ledger, List.of(new HeadAdvance(key, 1)));
    return key;
  }
}
