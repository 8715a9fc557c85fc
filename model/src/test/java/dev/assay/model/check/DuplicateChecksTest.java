package dev.assay.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.observation.Observations;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Code;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.Duplicates;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.run.Source;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DuplicateChecksTest {
  private static final Sha256 ONE = Sha256.of(new byte[] {1});
  private static final Sha256 TWO = Sha256.of(new byte[] {2});

  @Test
  void judge_sameParams_failsBothAndNamesTheOther() {
    List<Finding> found =
        judge("[params]", run("a", r -> r.param("lr", "1")), run("b", r -> r.param("lr", "1")));
    assertThat(found)
        .extracting(Finding::verdict, Finding::observed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(CheckVerdict.FAIL, "1 other run: assay/e/b"),
            org.assertj.core.groups.Tuple.tuple(CheckVerdict.FAIL, "1 other run: assay/e/a"));
  }

  @Test
  void judge_anotherPartDiffers_passes() {
    assertThat(
            verdicts(
                "[params, code]",
                run("a", r -> r.param("lr", "1").code(new Code("c1", "", Optional.empty()))),
                run("b", r -> r.param("lr", "1").code(new Code("c2", "", Optional.empty())))))
        .containsExactly(CheckVerdict.PASS, CheckVerdict.PASS);
  }

  @Test
  void judge_partsThatBothLack_areEqual() {
    assertThat(
            verdicts(
                "[params, code]",
                run("a", r -> r.param("lr", "1")),
                run("b", r -> r.param("lr", "1"))))
        .containsExactly(CheckVerdict.FAIL, CheckVerdict.FAIL);
  }

  @Test
  void judge_noneOfTheParts_isIndeterminate() {
    assertThat(verdicts("[params, metrics]", run("a", r -> r.tag("k", "v")), run("b", r -> r)))
        .containsExactly(CheckVerdict.INDETERMINATE, CheckVerdict.INDETERMINATE);
  }

  @Test
  void judge_revisionsOfOneRun_areNotEachOthersDuplicates() {
    assertThat(
            verdicts(
                "[params]",
                run("a", r -> r.param("lr", "1")),
                run("a", r -> r.param("lr", "1").tag("k", "v"))))
        .containsExactly(CheckVerdict.PASS, CheckVerdict.PASS);
  }

  @Test
  void judge_metricsAtOtherTimes_areTheSame() {
    assertThat(
            verdicts("[metrics]", run("a", r -> point(r, 5, 0.5)), run("b", r -> point(r, 6, 0.5))))
        .containsExactly(CheckVerdict.FAIL, CheckVerdict.FAIL);
    assertThat(
            verdicts("[metrics]", run("a", r -> point(r, 5, 0.5)), run("b", r -> point(r, 5, 0.6))))
        .containsExactly(CheckVerdict.PASS, CheckVerdict.PASS);
  }

  @Test
  void judge_contentThatIsNotKnownByDigest_isIndeterminate() {
    assertThat(
            verdicts(
                "[params, datasets]",
                run("a", r -> r.param("lr", "1").dataset(new Dataset("d", "", ""))),
                run("b", r -> r.param("lr", "1").dataset(new Dataset("d", "x", "")))))
        .containsExactly(CheckVerdict.INDETERMINATE, CheckVerdict.PASS);
    assertThat(
            verdicts(
                "[code]",
                run("a", r -> r.code(new Code("c", "", Optional.of(true)))),
                run("b", r -> r.code(new Code("c", "", Optional.of(false))))))
        .containsExactly(CheckVerdict.INDETERMINATE, CheckVerdict.PASS);
    assertThat(
            verdicts(
                "[artifacts]",
                run("a", r -> r.artifact(new Artifact("w", 1, Optional.empty()))),
                run("b", r -> r.artifact(new Artifact("w", 1, Optional.of(ONE))))))
        .containsExactly(CheckVerdict.INDETERMINATE, CheckVerdict.PASS);
  }

  @Test
  void judge_bytesThatWereRead_countBeforeWhatTheRecordNames() {
    Run run = run("a", r -> r.artifact(new Artifact("w", 1, Optional.of(ONE))));
    RunContent named = RunContent.of(run, Optional.empty(), parts());
    RunContent read =
        RunContent.of(
            run, Optional.of(new ArtifactDigests(new TreeMap<>(Map.of("w", TWO)))), parts());
    assertThat(read).isNotEqualTo(named).isInstanceOf(RunContent.Known.class);
  }

  @Test
  void of_manyRuns_countsAllAndNamesTen() {
    Run[] runs = new Run[40];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = run("r%02d".formatted(i), r -> r.param("lr", "1"));
    }
    List<Finding> found = judge("[params]", runs);
    assertThat(found.getFirst().message())
        .startsWith("39 other runs of the set, assay/e/r01, assay/e/r02")
        .contains("assay/e/r10, …")
        .doesNotContain("r00", "r11");
    assertThat(found.getLast().message()).contains("assay/e/r00", "assay/e/r09, …");
  }

  @Test
  void fromJson_whatToJsonWrote_isEqual() {
    Duplicates duplicates =
        new Duplicates(
            new TreeMap<>(
                Map.of("c", new Duplicates.Group(12, List.of("assay/e/a", "assay/e/b")))));
    assertThat(Duplicates.fromJson(duplicates.toJson())).isEqualTo(duplicates);
  }

  private static List<dev.assay.model.policy.RunPart> parts() {
    return List.of(dev.assay.model.policy.RunPart.ARTIFACTS);
  }

  private static RunBuilder point(RunBuilder run, long time, double value) {
    run.metric("m").add(1, time, value);
    return run;
  }

  private static Run run(String id, UnaryOperator<RunBuilder> with) {
    return with.apply(new RunBuilder(new Source("assay", "test.json"), id).experiment("e")).build();
  }

  private static List<CheckVerdict> verdicts(String of, Run... runs) {
    return judge(of, runs).stream().map(Finding::verdict).toList();
  }

  private static List<Finding> judge(String of, Run... runs) {
    ValidationPolicy policy =
        PolicyReader.read(
            "{apiVersion: assay/v1, kind: ValidationPolicy, name: p, stages: [{id: s, checks: [{id: c, type: duplicate, of: %s}]}]}"
                .formatted(of)
                .getBytes(StandardCharsets.UTF_8),
            "test.yaml");
    DuplicateSearch search = new DuplicateSearch(policy.duplicateChecks());
    for (Run run : runs) {
      search.add(run.identity(), run, Optional.empty());
    }
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < runs.length; i++) {
      findings.add(
          Evaluator.compile(policy)
              .judge(
                  new RunEvidence(
                      runs[i],
                      Optional.empty(),
                      Optional.empty(),
                      Map.of(),
                      search.of(i),
                      Observations.NONE))
              .findings()
              .getFirst());
    }
    return findings;
  }
}
