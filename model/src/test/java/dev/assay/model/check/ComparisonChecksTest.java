package dev.assay.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.observation.Observations;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.run.Baseline;
import dev.assay.model.run.Duplicates;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunCodec;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks against another run: each verdict they can give. */
class ComparisonChecksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metric: up, direction: up                                 | FAIL | 0.9, the baseline has 1
          metric: up, direction: up, margin: 0.2                    | PASS | 0.9, the baseline has 1
          metric: up, direction: up, margin: 0.05                   | FAIL | 0.9, the baseline has 1
          metric: up, direction: down                               | PASS | 0.9, the baseline has 1
          metric: below, direction: down, margin: 0.1, relative: true | PASS | -9, the baseline has -10
          metric: below, direction: down, margin: 0.05, relative: true | FAIL | -9, the baseline has -10
          metric: below, direction: up                              | PASS | -9, the baseline has -10
          metric: up, aggregate: first, direction: up               | PASS | 2, the baseline has 2
          metric: nan, direction: up                                | FAIL | NaN, the baseline has 1
          metric: theirs-nan, direction: up                         | INDETERMINATE | 1, the baseline has NaN
          metric: ours, direction: up                               | INDETERMINATE | missing in the baseline
          metric: theirs, direction: up                             | INDETERMINATE | missing
          metric: huge, direction: down, margin: 2, relative: true  | INDETERMINATE | 1, the baseline has 1e+308
          """)
  void judge_baseline_givesVerdictAndObserved(String keys, CheckVerdict verdict, String observed) {
    Finding finding = judge("type: baseline, run: base, " + keys, known());

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.observed()).isEqualTo(observed);
    assertThat(finding.limit()).contains("run base");
  }

  @ParameterizedTest
  @CsvSource({
    "'baseline, metric: up, direction: up'",
    "'drift, metric: up, statistic: ks, max: 1'"
  })
  void judge_baselineThatIsUnknown_isIndeterminate(String check) {
    Finding finding =
        judge("run: base, type: " + check, Map.of("base", new Baseline.Unknown("2 runs fit")));
    assertThat(finding.verdict()).isEqualTo(CheckVerdict.INDETERMINATE);
    assertThat(finding.observed()).isEqualTo("no baseline: 2 runs fit");
    assertThat(Guidance.of(check.split(",", 2)[0], finding.verdict(), finding.observed()))
        .isEqualTo(Guidance.of("baseline", CheckVerdict.INDETERMINATE));

    assertThat(judge("run: base, type: " + check, Map.of()).verdict())
        .isEqualTo(CheckVerdict.INDETERMINATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metric: many, statistic: ks, max: 0.2                       | PASS | ks 0.125
          metric: many, statistic: ks, max: 0.1                       | FAIL | ks 0.125
          metric: many, statistic: psi, max: 3                        | PASS | psi 0.7
          metric: many, statistic: psi, max: 0.2                      | FAIL | psi 0.7
          metric: many, statistic: ks, max: 1, minSamples: 41         | INDETERMINATE | the run has 40 points
          metric: fewer, statistic: ks, max: 1                        | INDETERMINATE | the baseline has 3 points
          metric: many-nan, statistic: psi, max: 1                    | INDETERMINATE | the run has NaN at step 7
          metric: constant, statistic: psi, max: 1                    | INDETERMINATE | the baseline's values are too alike
          metric: ours, statistic: ks, max: 1                         | INDETERMINATE | missing in the baseline
          """)
  void judge_drift_givesVerdictAndObserved(String keys, CheckVerdict verdict, String observed) {
    Finding finding = judge("type: drift, run: base, " + keys, known());

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.observed()).startsWith(observed);
  }

  @Test
  void judge_driftOfZeros_takesBothSignsForOneValue() {
    RunBuilder ours = Runs.empty();
    RunBuilder theirs = Runs.empty();
    for (int step = 0; step < 40; step++) {
      ours.metric("m").add(step, MetricSeries.NO_TIME, step % 2 == 0 ? -0.0 : 1);
      theirs.metric("m").add(step, MetricSeries.NO_TIME, step % 2 == 0 ? 0.0 : 1);
    }
    Finding finding =
        judge(
            "type: drift, run: base, metric: m, statistic: psi, max: 0",
            ours.build(),
            Map.of("base", known(theirs)));
    assertThat(finding.verdict()).as("%s", finding).isEqualTo(CheckVerdict.PASS);
  }

  private static Finding judge(String check, Map<String, Baseline> baselines) {
    RunBuilder run = Runs.empty();
    add(run, "up", 2, 0.9);
    add(run, "below", -9);
    add(run, "nan", Double.NaN);
    add(run, "theirs-nan", 1);
    add(run, "ours", 1);
    add(run, "huge", 1);
    for (int step = 0; step < 40; step++) {
      point(run, "many", step, step);
      point(run, "fewer", step, step);
      point(run, "many-nan", step, step == 7 ? Double.NaN : step);
      point(run, "constant", step, step);
    }
    return judge(check, run.build(), baselines);
  }

  private static Finding judge(String check, Run run, Map<String, Baseline> baselines) {
    String policy =
        "{apiVersion: assay/v1, kind: ValidationPolicy, name: p, stages: [{id: s, checks: [{id: c, %s}]}]}"
            .formatted(check);
    return Evaluator.compile(
            PolicyReader.read(policy.getBytes(StandardCharsets.UTF_8), "test.yaml"))
        .judge(
            new RunEvidence(
                run,
                Optional.empty(),
                Optional.empty(),
                baselines,
                Duplicates.NONE,
                Observations.NONE))
        .findings()
        .getFirst();
  }

  private static Map<String, Baseline> known() {
    RunBuilder run = Runs.empty();
    add(run, "up", 2, 1);
    add(run, "below", -10);
    add(run, "nan", 1);
    add(run, "theirs-nan", Double.NaN);
    add(run, "theirs", 1);
    add(run, "huge", 1e308);
    for (int step = 0; step < 40; step++) {
      point(run, "many", step, step + 5);
      point(run, "many-nan", step, step);
      point(run, "constant", step, 1);
    }
    add(run, "fewer", 1, 2, 3);
    return Map.of("base", known(run));
  }

  private static Baseline known(RunBuilder builder) {
    Run run = builder.build();
    return new Baseline.Known(run.identity(), RunCodec.encode(run).digest(), run);
  }

  private static void add(RunBuilder run, String metric, double... values) {
    for (int i = 0; i < values.length; i++) {
      run.metric(metric).add(i, MetricSeries.NO_TIME, values[i]);
    }
  }

  private static void point(RunBuilder run, String metric, int step, double value) {
    run.metric(metric).add(step, MetricSeries.NO_TIME, value);
  }
}
