package dev.assay.model.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.check.Runs;
import dev.assay.model.run.Code;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunExpressionTest {
  private final Run run =
      Runs.good()
          .started(Instant.parse("2026-01-01T00:00:00Z"))
          .ended(Instant.parse("2026-01-01T01:00:00Z"))
          .code(new Code("abc", "", Optional.of(false)))
          .dataset(new Dataset("wine", "d1", "training"))
          .seed("7")
          .param("digits", "^[0-9]+[.][0-9]+$")
          .param("huge", "((((a{1000}){1000}){1000}){1000})")
          .param("large", "(a{50}){50}")
          .param("long", "a".repeat(1001))
          .param("broken", "(a\nb")
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last('val_loss') <= 1.5 * min('val_loss')",
        "first('val_loss') == 1.0 && max('val_loss') == 1.0",
        "mean('val_accuracy') > 0.9",
        "count('val_loss') == 12",
        "metric('val_loss').all(v, v > 0)",
        "size(metric('val_loss')) == 12 && metric('val_loss')[0] == 1.0",
        "param('lr') == '0.01' && double(param('lr')) < 0.5",
        "tag('git.commit').matches('^[0-9a-f]{40}$')",
        "matches(tag('git.commit'), '[0-9a-f]{8}') && !'abc'.matches('^b')",
        "param('lr').matches(param('digits')) && matches(run.params.lr, run.params.digits)",
        "run.experiment.startsWith('sk-')",
        "run.status == 'FINISHED' && run.system == 'assay' && run.id == 'r1'",
        "run.params.lr == '0.01' && 'git.commit' in run.tags",
        "'val_loss' in run.metrics && !('x' in run.metrics)",
        "run.ended - run.started == duration('1h')",
        "run.code.commit == 'abc' && !run.code.dirty",
        "run.datasets.exists(d, d.name == 'wine' && d.context == 'training')",
        "run.artifacts.exists(a, a.path == 'model/MLmodel' && a.size == 10 && !has(a.sha256))",
        "size(run.problems) == 0 && size(run.parents) == 0",
        "has(run.seed) && run.seed == '7' && !has(run.author)",
        "last('val_loss') < 1",
        "run.name == 'r1'"
      })
  void evaluate_trueOfTheRun_holds(String expression) throws ExpressionException {
    assertThat(RunExpression.compile(expression).evaluate(run)).isEqualTo(new Answer.Decided(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last('nothing') > 0.0",
        "count('nothing') == 0",
        "size(metric('nothing')) == 0",
        "param('nothing') == ''",
        "tag('nothing') == ''",
        "run.author == 'x'",
        "run.params.nothing == 'x'",
        "int(param('lr')) == 1",
        "1 / (count('val_loss') - 12) == 0",
        "metric('val_loss')[99] == 0.0",
        "run.params.lr",
        "run.metrics.all(a, run.metrics.all(b, run.metrics.all(c, metric('val_loss').all(d,"
            + " metric('val_loss').all(e, metric('val_loss').all(f, metric('val_loss').all(g,"
            + " true)))))))"
      })
  void evaluate_cannotBeTold_isUndecided(String expression) throws ExpressionException {
    assertThat(RunExpression.compile(expression).evaluate(run))
        .isInstanceOf(Answer.Undecided.class);
  }

  @Test
  void evaluate_missingMetric_saysWhich() throws ExpressionException {
    assertThat(RunExpression.compile("last('acc') > 0.5").evaluate(run))
        .isEqualTo(new Answer.Undecided("the run has no metric 'acc'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          huge   | come to more than 10000 steps; make them smaller
          large  | at most 1000 are evaluated; make its repetitions smaller
          long   | matches: a regular expression of 1001 characters; write at most 1000
          broken | matches: '(a b' is not a regular expression of RE2: missing closing )
          """)
  void evaluate_patternOfTheRunUnfit_isUndecidedAndSaysWhy(String param, String why)
      throws ExpressionException {
    for (String expression :
        List.of("param('lr').matches(param('%s'))", "matches(param('lr'), run.params.%s)")) {
      assertThat(RunExpression.compile(expression.formatted(param)).evaluate(run))
          .isInstanceOfSatisfying(
              Answer.Undecided.class,
              undecided -> assertThat(undecided.why()).startsWith("matches: ").endsWith(why));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ((((a{1000}){1000}){1000}){1000}) | more than 10000 steps
          (a{50}){50}                       | at most 1000 are evaluated
          (a                                | not a regular expression of RE2
          """)
  void compile_patternUnfit_isRefused(String pattern, String why) {
    for (String expression :
        List.of(
            "param('lr').matches('%s')",
            "matches(param('lr'), '%s')", "'' == '' || ''.matches('%s')")) {
      assertThatThrownBy(() -> RunExpression.compile(expression.formatted(pattern)))
          .isInstanceOf(ExpressionException.class)
          .hasMessageContaining(why);
    }
  }

  @Test
  void evaluate_loopsWithoutEnd_meetTheBound() throws ExpressionException {
    assertThat(
            RunExpression.compile(
                    "metric('val_loss').all(a, metric('val_loss').all(b,"
                        + " metric('val_loss').all(c, metric('val_loss').all(d,"
                        + " metric('val_loss').all(e, true)))))")
                .evaluate(run))
        .isInstanceOfSatisfying(
            Answer.Undecided.class, undecided -> assertThat(undecided.why()).contains("budget"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "'x'",
        "last('a')",
        "nothing",
        "run",
        "run == run",
        "run.nothing == 1",
        "run['id'] == 'x'",
        "first()",
        "first(1) > 0.0",
        "first('a', 'b') > 0.0",
        "1 +",
        "[1, 2]",
        "google.protobuf.Timestamp{}"
      })
  void compile_noTruthValueAboutARun_isRefused(String expression) {
    assertThatThrownBy(() -> RunExpression.compile(expression))
        .isInstanceOf(ExpressionException.class)
        .hasMessageMatching(".+");
  }

  @Property(tries = 500)
  void compile_randomText_givesOnlyItsOwnException(
      @ForAll
          @StringLength(max = 40)
          @Chars({
            'r', 'u', 'n', '.', '(', ')', '\'', '"', '1', '+', '=', '&', '|', '[', ']', '{', '}',
            '?', ':', ' ', ',', 'a', '\\', '\n'
          })
          String text) {
    try {
      assertThat(RunExpression.compile(text).evaluate(run)).isNotNull();
    } catch (ExpressionException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
