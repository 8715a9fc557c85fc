package dev.assay.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.document.Corpus;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunStatus;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the run: judging ends, says the same again, and lets nothing missing pass. */
class EvaluatorProperties {
  private static final List<String> NAMES =
      List.of("m", "a/b", "k", "p", "lr", "val_loss", "wine\n", "", "\uD83D\uDE00", "model/x1.bin");
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "1",
          "0.25",
          "-1e9",
          "nan",
          "true",
          "1e999",
          "\u0000",
          "\uFFFF",
          "f".repeat(900));
  private static final double[] VALUES = {
    0,
    -0.0,
    1,
    -1,
    1e-320,
    1e308,
    -1e308,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    0.1
  };

  private final Evaluator everyType = evaluator("every-type.yaml");
  private final Evaluator example = evaluator("image-classifiers.yaml");

  private static Evaluator evaluator(String policy) {
    Path file = Path.of("src/test/resources/policy/good", policy);
    return Evaluator.compile(PolicyReader.read(Corpus.bytes(file), policy));
  }

  @Property(tries = 1000)
  void judge_anyRun_neverThrowsAndSaysTheSameAgain(@ForAll long seed) {
    for (Evaluator evaluator : List.of(everyType, example)) {
      Judgement judgement = evaluator.judge(Runs.evidence(run(seed)));

      assertThat(evaluator.judge(Runs.evidence(run(seed)))).isEqualTo(judgement);
      assertThat(judgement.findingsDigest()).isNotNull();
      assertThat(judgement.findings())
          .allSatisfy(
              finding ->
                  assertThat(finding.observed()).hasSizeLessThanOrEqualTo(Texts.MAX_OBSERVED));
    }
  }

  @Property(tries = 1000)
  void leadsToItsVerdict_anyOtherVerdict_doesnt(@ForAll long seed, @ForAll RunVerdict claimed) {
    Judgement honest = everyType.judge(Runs.evidence(run(seed)));
    assertThat(Evaluator.leadsToItsVerdict(honest)).isTrue();
    if (!honest.findings().isEmpty() && claimed != RunVerdict.UNSELECTED) {
      Judgement said = new Judgement(claimed, honest.findings());
      assertThat(Evaluator.leadsToItsVerdict(said)).isEqualTo(claimed == honest.verdict());
    }
  }

  @Property(tries = 1000)
  void judge_passingRun_hasOnlyPassingBlockers(@ForAll long seed) {
    Judgement judgement = everyType.judge(Runs.evidence(run(seed)));
    boolean passes =
        judgement.verdict() == RunVerdict.PASS || judgement.verdict() == RunVerdict.WARN;
    assertThat(passes)
        .isEqualTo(
            !judgement.findings().isEmpty()
                && judgement.findings().stream()
                    .filter(finding -> finding.severity() == Severity.BLOCK)
                    .map(Finding::verdict)
                    .allMatch(verdict -> verdict == CheckVerdict.PASS));
  }

  /** A run made from a seed, of names and values that are likely to meet the policies' checks. */
  private static Run run(long seed) {
    Random random = new Random(seed);
    RunBuilder run =
        Runs.empty()
            .experiment(random.nextBoolean() ? "x" : "sk-wine")
            .status(RunStatus.values()[random.nextInt(RunStatus.values().length)]);
    for (int i = random.nextInt(6); i > 0; i--) {
      run.param(pick(random, NAMES), pick(random, TEXTS));
      run.tag(pick(random, NAMES), pick(random, TEXTS));
      run.dataset(new Dataset(pick(random, NAMES), pick(random, TEXTS), "training"));
      run.artifact(new Artifact(pick(random, NAMES), random.nextInt(9), Optional.empty()));
      String metric = pick(random, NAMES);
      for (int j = random.nextInt(5); j >= 0; j--) {
        run.metric(metric)
            .add(random.nextInt(3), random.nextInt(2), VALUES[random.nextInt(VALUES.length)]);
      }
    }
    if (random.nextInt(4) == 0) {
      run.problem(pick(random, TEXTS), pick(random, TEXTS));
    }
    return run.build();
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
