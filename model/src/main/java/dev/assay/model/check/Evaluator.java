package dev.assay.model.check;

import dev.assay.model.cel.Answer;
import dev.assay.model.policy.Check;
import dev.assay.model.policy.Check.ArtifactCheck;
import dev.assay.model.policy.Check.BaselineCheck;
import dev.assay.model.policy.Check.CelCheck;
import dev.assay.model.policy.Check.DatasetCheck;
import dev.assay.model.policy.Check.DriftCheck;
import dev.assay.model.policy.Check.DuplicateCheck;
import dev.assay.model.policy.Check.FiniteCheck;
import dev.assay.model.policy.Check.JsonSchemaCheck;
import dev.assay.model.policy.Check.MetricCheck;
import dev.assay.model.policy.Check.Observed;
import dev.assay.model.policy.Check.ParamCheck;
import dev.assay.model.policy.Check.RecordCheck;
import dev.assay.model.policy.Check.StatusCheck;
import dev.assay.model.policy.Check.StepsCheck;
import dev.assay.model.policy.Check.TagCheck;
import dev.assay.model.policy.Check.TrendCheck;
import dev.assay.model.policy.Stage;
import dev.assay.model.policy.Stages;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.PlannedCheck;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Judges runs by one policy. Equal evidence gives an equal judgement on any machine; judging never
 * throws, whatever the run. Immutable, safe for use by several threads.
 */
public final class Evaluator {
  /** Changes whenever equal evidence may get another judgement; plans carry it. */
  public static final String VERSION = "1";

  /** Stage and check of the finding about a {@code where} that could not be evaluated. */
  public static final String WHERE = "where";

  private final ValidationPolicy policy;

  /** Each stage after those it needs. */
  private final List<Stage> order;

  /** A stage's checks by its id, with their limits: text that is the same for every run. */
  private final Map<String, List<PlannedCheck>> planned;

  private Evaluator(
      ValidationPolicy policy, List<Stage> order, Map<String, List<PlannedCheck>> planned) {
    this.policy = policy;
    this.order = order;
    this.planned = planned;
  }

  /** An evaluator of {@code policy}. */
  public static Evaluator compile(ValidationPolicy policy) {
    Map<String, List<PlannedCheck>> planned =
        policy.stages().stream()
            .collect(Collectors.toUnmodifiableMap(Stage::id, Evaluator::planned));
    return new Evaluator(policy, Stages.inOrder(policy.stages()), planned);
  }

  private static List<PlannedCheck> planned(Stage stage) {
    return stage.checks().stream()
        .map(check -> new PlannedCheck(stage.id(), check.id(), check.severity(), check.limit()))
        .toList();
  }

  /** The policy's checks: each run that it selects gets a finding of each, in this order. */
  public PlannedChecks plannedChecks() {
    return new PlannedChecks(
        policy.stages().stream()
            .flatMap(stage -> planned.getOrDefault(stage.id(), List.of()).stream())
            .toList());
  }

  /** The run's verdict, and a finding for each check in the policy's order. */
  public Judgement judge(RunEvidence evidence) {
    return policy
        .where()
        .flatMap(where -> unselected(where.toString(), where.evaluate(evidence.run())))
        .orElseGet(() -> judgeStages(evidence));
  }

  private static Optional<Judgement> unselected(String where, Answer answer) {
    return switch (answer) {
      case Answer.Decided(boolean selected) ->
          selected
              ? Optional.empty()
              : Optional.of(new Judgement(RunVerdict.UNSELECTED, List.of()));
      case Answer.Undecided(String why) ->
          Optional.of(
              new Judgement(
                  RunVerdict.INDETERMINATE,
                  List.of(
                      new Finding(
                          WHERE,
                          WHERE,
                          Severity.BLOCK,
                          CheckVerdict.INDETERMINATE,
                          Texts.bounded(why),
                          where,
                          "whether the policy selects this run can't be told: " + why))));
    };
  }

  private Judgement judgeStages(RunEvidence evidence) {
    Map<String, List<Finding>> findings = new HashMap<>();
    Map<String, Finding> blockers = new HashMap<>();
    for (Stage stage : order) {
      Optional<Finding> blocker =
          stage.needs().stream()
              .flatMap(need -> Optional.ofNullable(blockers.get(need)).stream())
              .findFirst();
      List<Finding> ofStage =
          blocker.map(finding -> skip(stage, finding)).orElseGet(() -> judge(stage, evidence));
      findings.put(stage.id(), ofStage);
      // A skipped stage hands on the finding that was in its way.
      blocker
          .or(() -> ofStage.stream().filter(Evaluator::blocks).findFirst())
          .ifPresent(finding -> blockers.put(stage.id(), finding));
    }
    List<Finding> all =
        policy.stages().stream()
            .flatMap(stage -> findings.getOrDefault(stage.id(), List.of()).stream())
            .toList();
    return new Judgement(verdict(all), all);
  }

  private List<Finding> judge(Stage stage, RunEvidence evidence) {
    return findings(stage, check -> outcome(check, evidence));
  }

  private List<Finding> skip(Stage stage, Finding blocker) {
    String where = blocker.stage() + "/" + blocker.check();
    Outcome skipped =
        new Outcome(
            CheckVerdict.SKIPPED,
            "%s is %s".formatted(where, blocker.verdict()),
            "not judged, because %s is %s".formatted(where, blocker.verdict()));
    return findings(stage, _ -> skipped);
  }

  private List<Finding> findings(Stage stage, Function<Check, Outcome> decide) {
    List<PlannedCheck> checks = planned.getOrDefault(stage.id(), List.of());
    List<Finding> findings = new ArrayList<>(checks.size());
    for (int i = 0; i < checks.size(); i++) {
      Outcome outcome = decide.apply(stage.checks().get(i));
      findings.add(checks.get(i).finding(outcome.verdict(), outcome.observed(), outcome.message()));
    }
    return findings;
  }

  private static Outcome outcome(Check check, RunEvidence evidence) {
    Run run = evidence.run();
    return switch (check) {
      case RecordCheck _ -> RecordChecks.record(run);
      case StatusCheck status -> RecordChecks.status(status, run);
      case DatasetCheck dataset -> RecordChecks.dataset(dataset, run);
      case TagCheck tag -> TextChecks.tag(tag, run);
      case ParamCheck param -> TextChecks.param(param, run);
      case FiniteCheck finite -> MetricChecks.finite(finite, run);
      case MetricCheck metric -> MetricChecks.metric(metric, run);
      case TrendCheck trend -> MetricChecks.trend(trend, run);
      case StepsCheck steps -> MetricChecks.steps(steps, run);
      case ArtifactCheck artifact -> ArtifactChecks.artifact(artifact, evidence);
      case CelCheck cel -> CelChecks.cel(cel, run);
      case BaselineCheck baseline -> ComparisonChecks.baseline(baseline, evidence);
      case DriftCheck drift -> ComparisonChecks.drift(drift, evidence);
      case JsonSchemaCheck schema -> SchemaChecks.schema(schema, run);
      case DuplicateCheck duplicate -> DuplicateChecks.duplicate(duplicate, evidence);
      case Observed observed -> ObservedChecks.observed(observed, evidence.observations());
    };
  }

  private static boolean open(Finding finding) {
    return finding.verdict() == CheckVerdict.FAIL
        || finding.verdict() == CheckVerdict.INDETERMINATE;
  }

  private static boolean blocks(Finding finding) {
    return finding.severity() == Severity.BLOCK && open(finding);
  }

  /**
   * The run's verdict that findings of a selected run lead to. Public, so that whoever records a
   * verdict can derive it again: the findings are digested and signed, the verdict beside them is
   * not.
   */
  public static RunVerdict verdict(List<Finding> findings) {
    if (findings.stream().anyMatch(f -> blocks(f) && f.verdict() == CheckVerdict.FAIL)) {
      return RunVerdict.FAIL;
    }
    if (findings.stream().anyMatch(Evaluator::blocks)) {
      return RunVerdict.INDETERMINATE;
    }
    boolean warned = findings.stream().anyMatch(f -> f.severity() == Severity.WARN && open(f));
    return warned ? RunVerdict.WARN : RunVerdict.PASS;
  }

  /**
   * Whether the judgement's findings lead to its verdict; an unselected run has none. For whoever
   * reads a judgement back.
   */
  public static boolean leadsToItsVerdict(Judgement judgement) {
    return judgement.findings().isEmpty() || verdict(judgement.findings()) == judgement.verdict();
  }
}
