package dev.assay.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Problem;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.run.RunStatus;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check type, each verdict it can give. */
class EvaluatorTest {
  private static final Sha256 ONE = Sha256.of(new byte[] {1});
  private static final Sha256 TWO = Sha256.of(new byte[] {2});

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type: record                                            | PASS | no problems
          type: status, in: [FINISHED, KILLED]                    | PASS | FINISHED
          type: status, in: [KILLED]                              | FAIL | FINISHED
          type: tag, key: git.commit                              | PASS | ffffffffffffffffffffffffffffffffffffffff
          type: tag, key: git.commit, matches: 'f{39}'            | FAIL | ffffffffffffffffffffffffffffffffffffffff
          type: tag, key: nothing                                 | FAIL | missing
          type: tag, key: team, in: [a, b]                        | PASS | a
          type: tag, key: team, in: [b]                           | FAIL | a
          type: param, key: lr, max: 0.5                          | PASS | 0.01
          type: param, key: lr, min: 0.02                         | FAIL | 0.01
          type: param, key: lr, kind: integer                     | FAIL | 0.01
          type: param, key: epochs, kind: integer, min: 12        | PASS | 12
          type: param, key: epochs, in: [12]                      | PASS | 12
          type: param, key: huge, kind: number                    | FAIL | 1e400
          type: param, key: nan, kind: number                     | FAIL | NaN
          type: param, key: java, kind: number                    | FAIL | 1d
          type: param, key: flag, kind: boolean                   | PASS | True
          type: param, key: lr, kind: boolean                     | FAIL | 0.01
          type: param, key: nothing                               | FAIL | missing
          type: param, key: lr, matches: '0\\.01'                 | PASS | 0.01
          type: finite, metrics: ['*']                            | FAIL | bad = NaN at step 3
          type: finite, metrics: ['*loss']                        | PASS | 2 metrics
          type: finite, metrics: ['val_loss', 'acc*']             | INDETERMINATE | no metric matches acc*
          type: finite, metrics: [over]                           | FAIL | over = 1.7976931348623157e+308 at step 0
          type: metric, metric: val_loss, max: 0.1                | PASS | 0.08333333333333333
          type: metric, metric: val_loss, aggregate: max, max: 0.1 | FAIL | 1
          type: metric, metric: val_loss, aggregate: p50, min: 0.1 | PASS | 0.14285714285714285
          type: metric, metric: bad, aggregate: max, max: 9       | FAIL | NaN
          type: metric, metric: bad, aggregate: first, max: 9     | PASS | 1
          type: metric, metric: acc, min: 0                       | INDETERMINATE | missing
          type: trend, metric: val_loss, direction: down          | PASS | first 1, last 0.08333333333333333
          type: trend, metric: val_loss, direction: up            | FAIL | first 1, last 0.08333333333333333
          type: trend, metric: val_accuracy, direction: up        | INDETERMINATE | 1 point
          type: trend, metric: bad, direction: down               | FAIL | first 1, last NaN
          type: trend, metric: below, direction: down, tolerance: 0.5 | PASS | first -10, last -6
          type: trend, metric: below, direction: down, tolerance: 0.3 | FAIL | first -10, last -6
          type: trend, metric: below, direction: up               | PASS | first -10, last -6
          type: trend, metric: acc, direction: up                 | INDETERMINATE | missing
          type: steps, metric: val_loss, unique: true, min: 12    | PASS | 12 steps
          type: steps, metric: val_loss, min: 13                  | FAIL | 12 steps
          type: steps, metric: twice, unique: true                | FAIL | 1 step, step 5 has several points
          type: steps, metric: acc, min: 1                        | INDETERMINATE | missing
          type: artifact, require: ['model/*']                    | PASS | 1 file
          type: artifact, require: ['model/*', 'log/**']          | FAIL | no file matches log/**
          type: dataset, name: wine                               | PASS | wine d1
          type: dataset, name: wine, context: testing             | FAIL | none of 2 datasets
          type: dataset, name: bare                               | FAIL | bare without digest
          type: dataset, name: bare, digest: false                | PASS | bare
          type: cel, expr: 'last("val_loss") < 0.1'               | PASS | true
          type: cel, expr: 'last("val_loss") > 0.1'               | FAIL | false
          type: cel, expr: 'last("bad") > 0.1'                    | FAIL | false
          type: cel, expr: 'last("acc") > 0.1'                    | INDETERMINATE | the run has no metric 'acc'
          """)
  void judge_oneCheck_givesVerdictAndObserved(String check, CheckVerdict verdict, String observed) {
    Finding finding = judge(check, Runs.evidence(varied())).findings().getFirst();

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.observed()).isEqualTo(observed);
    assertThat(finding.limit()).isNotEmpty();
    assertThat(finding.message()).isNotEmpty();
  }

  @Test
  void judge_problems_failTheRecordAndNameTheFirst() {
    RunBuilder run = Runs.good().problem("m.jsonl:9", "not JSON").problem("a:1", "cut off");
    Finding finding = judge("type: record", Runs.evidence(run)).findings().getFirst();

    assertThat(finding.verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(finding.observed()).isEqualTo("2 problems; first: a:1: cut off");
  }

  @ParameterizedTest
  @CsvSource({
    // recorded, taken, verdict
    "1,1,PASS",
    "1,2,FAIL",
    "1,0,INDETERMINATE",
    "0,1,INDETERMINATE",
    "0,0,INDETERMINATE"
  })
  void judge_recordedDigests_areComparedWithTheBytes(
      int recorded, int taken, CheckVerdict verdict) {
    Run run =
        Runs.empty()
            .artifact(new Artifact("model/w", 1, Optional.ofNullable(digest(recorded))))
            .build();
    RunEvidence evidence = new RunEvidence(run, digests("model/w", taken), Optional.empty());

    assertThat(
            judge("type: artifact, require: ['model/**'], digests: recorded", evidence)
                .findings()
                .getFirst()
                .verdict())
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    // first import, now, verdict
    "1,1,PASS",
    "1,2,FAIL",
    "1,0,INDETERMINATE",
    "0,1,INDETERMINATE",
    "0,0,INDETERMINATE"
  })
  void judge_pinnedDigests_areComparedWithTheFirstImport(int first, int now, CheckVerdict verdict) {
    Run run = Runs.empty().artifact(new Artifact("model/w", 1, Optional.empty())).build();
    RunEvidence evidence = new RunEvidence(run, digests("model/w", now), digests("model/w", first));
    Finding finding =
        judge("type: artifact, require: ['model/**'], digests: pinned", evidence)
            .findings()
            .getFirst();

    assertThat(finding.verdict()).isEqualTo(verdict);
    if (verdict == CheckVerdict.FAIL) {
      assertThat(finding.message()).contains("model/w", ONE.hex(), TWO.hex());
    }
  }

  @Test
  void judge_artifactsThatCanNotBeReached_areIndeterminate() {
    RunBuilder run = Runs.empty().problem(Problem.ARTIFACTS, "the store is away");

    assertThat(
            judge("type: artifact, require: ['model/**']", Runs.evidence(run))
                .findings()
                .getFirst()
                .verdict())
        .isEqualTo(CheckVerdict.INDETERMINATE);
  }

  @Test
  void judge_pinnedFileThatIsGone_fails() {
    Run run = Runs.empty().artifact(new Artifact("model/w", 1, Optional.empty())).build();
    TreeMap<String, Sha256> first = new TreeMap<>();
    first.put("model/w", ONE);
    first.put("model/v", ONE);
    RunEvidence evidence =
        new RunEvidence(run, digests("model/w", 1), Optional.of(new ArtifactDigests(first)));

    assertThat(
            judge("type: artifact, require: ['model/**'], digests: pinned", evidence)
                .findings()
                .getFirst()
                .observed())
        .isEqualTo("model/v: gone");
  }

  @ParameterizedTest
  @CsvSource({
    "block,FAIL,FAIL",
    "warn,FAIL,WARN",
    "info,FAIL,PASS",
    "block,INDETERMINATE,INDETERMINATE",
    "warn,INDETERMINATE,WARN",
    "info,INDETERMINATE,PASS"
  })
  void judge_severity_decidesTheRunsVerdict(String severity, CheckVerdict check, RunVerdict run) {
    String metric = check == CheckVerdict.FAIL ? "val_loss" : "acc";
    Judgement judgement =
        judge(
            "type: metric, metric: %s, max: -1, severity: %s".formatted(metric, severity),
            Runs.evidence(varied()));

    assertThat(judgement.findings().getFirst().verdict()).isEqualTo(check);
    assertThat(judgement.verdict()).isEqualTo(run);
  }

  @Test
  void judge_failAndIndeterminate_isFail() {
    Judgement judgement =
        policy(
                """
                - {id: s, checks: [{id: a, type: metric, metric: acc, max: 1},
                    {id: b, type: status, in: [FAILED]}]}
                """)
            .judge(Runs.evidence(varied()));
    assertThat(judgement.verdict()).isEqualTo(RunVerdict.FAIL);
  }

  @Test
  void judge_warningInANeededStage_doesNotBlock() {
    Judgement judgement =
        policy(
                """
                - {id: late, needs: [early], checks: [{id: a, type: record}]}
                - {id: early, checks: [{id: b, type: status, in: [FAILED], severity: warn}]}
                """)
            .judge(Runs.evidence(varied()));
    assertThat(judgement.findings())
        .extracting(Finding::check, Finding::verdict)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", CheckVerdict.PASS),
            org.assertj.core.groups.Tuple.tuple("b", CheckVerdict.FAIL));
    assertThat(judgement.verdict()).isEqualTo(RunVerdict.WARN);
  }

  @Test
  void judge_blockedStages_nameTheCheckThatBeganIt() {
    Judgement judgement =
        policy(
                """
                - {id: three, needs: [two], checks: [{id: c, type: record, severity: info}]}
                - {id: two, needs: [one], checks: [{id: b, type: record}]}
                - {id: one, checks: [{id: ok, type: record}, {id: a, type: status, in: [FAILED]}]}
                """)
            .judge(Runs.evidence(varied()));

    assertThat(judgement.findings().subList(0, 2))
        .allSatisfy(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(CheckVerdict.SKIPPED);
              assertThat(finding.observed()).isEqualTo("one/a is FAIL");
            });
    assertThat(judgement.findings())
        .extracting(Finding::check)
        .containsExactly("c", "b", "ok", "a");
  }

  @Test
  void judge_whereThatCannotBeTold_isIndeterminate() {
    Judgement judgement =
        Evaluator.compile(
                PolicyReader.read(
                    utf8(
                        """
                        apiVersion: assay/v1
                        kind: ValidationPolicy
                        name: p
                        where: 'tag("absent") == "x"'
                        stages: [{id: s, checks: [{id: c, type: record}]}]
                        """),
                    "p.yaml"))
            .judge(Runs.evidence(Runs.good()));

    assertThat(judgement.verdict()).isEqualTo(RunVerdict.INDETERMINATE);
    assertThat(judgement.findings())
        .containsExactly(
            new Finding(
                "where",
                "where",
                Severity.BLOCK,
                CheckVerdict.INDETERMINATE,
                "the run has no tag 'absent'",
                "tag(\"absent\") == \"x\"",
                "whether the policy selects this run can't be told: the run has no tag 'absent'"));
  }

  @Test
  void judge_localeWithOtherDigits_givesTheSameFindings() {
    Locale before = Locale.getDefault();
    Judgement here = judge("type: finite, metrics: ['*']", Runs.evidence(varied()));
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(judge("type: finite, metrics: ['*']", Runs.evidence(varied()))).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void judge_hostileText_isCutAndDigestible() {
    RunBuilder run = Runs.good().tag("k", "x".repeat(298) + "\uD83D\uDE00" + "y".repeat(1 << 20));
    Judgement judgement = judge("type: tag, key: k, matches: a", Runs.evidence(run));

    assertThat(judgement.findings().getFirst().observed()).hasSizeLessThanOrEqualTo(300);
    assertThat(judgement.findingsDigest()).isNotNull();
  }

  private static RunBuilder varied() {
    RunBuilder run =
        Runs.good()
            .status(RunStatus.FINISHED)
            .tag("team", "a")
            .param("epochs", "12")
            .param("huge", "1e400")
            .param("nan", "NaN")
            .param("java", "1d")
            .param("flag", "True")
            .dataset(new Dataset("wine", "d1", "training"))
            .dataset(new Dataset("bare", "", "training"));
    run.metric("bad").add(0, MetricSeries.NO_TIME, 1).add(3, MetricSeries.NO_TIME, Double.NaN);
    run.metric("over").add(0, MetricSeries.NO_TIME, Double.MAX_VALUE);
    run.metric("below").add(0, MetricSeries.NO_TIME, -10).add(1, MetricSeries.NO_TIME, -6);
    run.metric("twice").add(5, MetricSeries.NO_TIME, 1).add(5, MetricSeries.NO_TIME, 2);
    return run;
  }

  private static Judgement judge(String check, RunEvidence evidence) {
    return policy("- {id: s, checks: [{id: c, %s}]}\n".formatted(check)).judge(evidence);
  }

  private static Evaluator policy(String stages) {
    String text = "apiVersion: assay/v1\nkind: ValidationPolicy\nname: p\nstages:\n" + stages;
    return Evaluator.compile(PolicyReader.read(utf8(text), "p.yaml"));
  }

  private static Optional<ArtifactDigests> digests(String path, int digest) {
    return Optional.ofNullable(digest(digest))
        .map(
            known -> {
              TreeMap<String, Sha256> byPath = new TreeMap<>();
              byPath.put(path, known);
              return new ArtifactDigests(byPath);
            });
  }

  private static Sha256 digest(int which) {
    return which == 0 ? null : which == 1 ? ONE : TWO;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
