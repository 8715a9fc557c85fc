package dev.assay.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunStatus;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The example policy against runs that are bad in the ways of the example runs. */
class ExamplePolicyTest {
  private final Evaluator evaluator = Evaluator.compile(policy());

  static ValidationPolicy policy() {
    try (InputStream in =
        Objects.requireNonNull(
            ExamplePolicyTest.class.getResourceAsStream("/policy/good/image-classifiers.yaml"))) {
      return PolicyReader.read(in.readAllBytes(), "image-classifiers.yaml");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void judge_goodRun_passesWithAFindingForEachCheck() {
    Judgement judgement = judge(Runs.good());

    assertThat(judgement.verdict()).isEqualTo(RunVerdict.PASS);
    assertThat(judgement.findings())
        .extracting(Finding::check)
        .containsExactly(
            "readable",
            "finished",
            "commit",
            "rate",
            "finite",
            "accuracy",
            "learns",
            "steps",
            "model",
            "stable");
    assertThat(judgement.findings()).allMatch(f -> f.verdict() == CheckVerdict.PASS);
  }

  @Test
  void judge_otherExperiment_isUnselected() {
    assertThat(judge(Runs.good().experiment("other")))
        .isEqualTo(new Judgement(RunVerdict.UNSELECTED, List.of()));
  }

  @Test
  void judge_nan_failsFiniteAndSkipsRules() {
    RunBuilder run = Runs.good();
    run.metric("val_loss").add(12, MetricSeries.NO_TIME, Double.NaN);
    Judgement judgement = judge(run);

    assertThat(judgement.verdict()).isEqualTo(RunVerdict.FAIL);
    assertThat(finding(judgement, "finite").observed()).isEqualTo("val_loss = NaN at step 12");
    assertThat(finding(judgement, "learns").verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(finding(judgement, "stable").verdict()).isEqualTo(CheckVerdict.SKIPPED);
    assertThat(finding(judgement, "stable").observed()).isEqualTo("numbers/finite is FAIL");
  }

  @Test
  void judge_infinity_failsFinite() {
    RunBuilder run = Runs.good();
    run.metric("val_loss").add(12, MetricSeries.NO_TIME, Double.POSITIVE_INFINITY);

    assertThat(finding(judge(run), "finite").observed())
        .isEqualTo("val_loss = Infinity at step 12");
  }

  @Test
  void judge_missingMetric_isIndeterminate() {
    RunBuilder run = Runs.withoutMetrics();
    for (int epoch = 0; epoch < 12; epoch++) {
      run.metric("val_loss").add(epoch, MetricSeries.NO_TIME, 1.0);
    }
    Judgement judgement = judge(run);

    assertThat(judgement.verdict()).isEqualTo(RunVerdict.INDETERMINATE);
    assertThat(finding(judgement, "accuracy").verdict()).isEqualTo(CheckVerdict.INDETERMINATE);
  }

  @Test
  void judge_failedRun_failsFinishedAndSkipsWhatNeedsTheRecord() {
    Judgement judgement = judge(Runs.good().status(RunStatus.FAILED));

    assertThat(finding(judgement, "finished").verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(finding(judgement, "model").observed()).isEqualTo("record/finished is FAIL");
    assertThat(finding(judgement, "stable").observed()).isEqualTo("record/finished is FAIL");
  }

  @Test
  void judge_divergingLoss_failsStableAndWarns() {
    RunBuilder run = Runs.good();
    run.metric("val_loss").add(12, MetricSeries.NO_TIME, 50);
    Judgement judgement = judge(run);

    assertThat(judgement.verdict()).isEqualTo(RunVerdict.FAIL);
    assertThat(finding(judgement, "stable").message()).isEqualTo("loss rose after its minimum");
    assertThat(finding(judgement, "learns").observed()).isEqualTo("first 1, last 50");
  }

  @Test
  void judge_missingArtifact_fails() {
    Run good = Runs.good().build();
    RunBuilder run = Runs.empty().status(RunStatus.FINISHED).param("lr", "0.01");
    good.tags().forEach(run::tag);
    assertThat(finding(judge(run), "model").verdict()).isEqualTo(CheckVerdict.FAIL);
  }

  @Test
  void judge_twoValuesAtOneStep_failsSteps() {
    RunBuilder run = Runs.good();
    run.metric("val_loss").add(3, MetricSeries.NO_TIME, 0.7);

    assertThat(finding(judge(run), "steps").observed())
        .isEqualTo("12 steps, step 3 has several points");
  }

  private Judgement judge(RunBuilder run) {
    return evaluator.judge(Runs.evidence(run));
  }

  private static Finding finding(Judgement judgement, String check) {
    return judgement.findings().stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow();
  }
}
