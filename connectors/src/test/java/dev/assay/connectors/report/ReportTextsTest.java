package dev.assay.connectors.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.RunVerdict;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Markdown, the page, and annotations. */
class ReportTextsTest {
  static Stream<BiFunction<Report, OutputStream, ReportWriter>> formats() {
    return Stream.of(
        ReportFormat.JUNIT::writer,
        ReportFormat.SARIF::writer,
        ReportFormat.MARKDOWN::writer,
        ReportFormat.HTML::writer);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void report_writtenTwice_hasEqualBytesAndNothingThatSteers(
      BiFunction<Report, OutputStream, ReportWriter> format) throws IOException {
    String text = Samples.written(format, Samples.all());

    assertThat(Samples.written(format, Samples.all())).isEqualTo(text);
    assertThat(text.chars().filter(c -> c != '\n'))
        .allMatch(c -> !Character.isISOControl(c) && c != 0x202e && c != 0xfffe);
  }

  @Test
  void markdown_hostileText_isCodeWithoutMarkup() throws IOException {
    String text = Samples.written(ReportFormat.MARKDOWN::writer, Samples.all());

    assertThat(text)
        .contains("&#64;<!-- -->octocat", "&#96;a&#96;", "&#124;b&#124;", "&#91;x&#93;")
        .doesNotContain("@octocat", "|b|", "[x](", "![i]", "www.e", "://");
    assertThat(text.lines().filter(line -> line.startsWith("| ")))
        .allMatch(row -> row.chars().filter(c -> c == '|').count() == 5);
  }

  @Test
  void markdown_ofManyRuns_isBoundedWorstFirstAndSaysWhatWasCut() throws IOException {
    List<Subject> subjects =
        Stream.of(
                many(3_000).map(Samples::warned),
                many(3_000).map(Samples::undecided),
                many(3_000).map(Samples::failed),
                many(3_000).map(Samples::passed))
            .flatMap(same -> same)
            .toList();

    String text = Samples.written(ReportFormat.MARKDOWN::writer, subjects);

    assertThat(text.length()).isBetween(40_000, MarkdownWriter.MAX_CHARACTERS);
    assertThat(text)
        .contains("### Assay: FAIL", "3000 FAIL, 3000 INDETERMINATE, 3000 WARN, 3000 PASS")
        .contains("more runs are not shown here")
        .doesNotContain("| WARN |");
    assertThat(text).contains("| FAIL |");
  }

  @Test
  void markdown_ofGoodRuns_hasNoTable() throws IOException {
    assertThat(Samples.written(ReportFormat.MARKDOWN::writer, List.of(Samples.passed("a"))))
        .contains("### Assay: PASS", "1 run: 1 PASS")
        .doesNotContain("|");
  }

  @Test
  void markdown_nothingSelected_isNoPass() throws IOException {
    assertThat(Samples.written(ReportFormat.MARKDOWN::writer, List.of(Samples.unselected("a"))))
        .contains("### Assay: INDETERMINATE", "1 unselected");
  }

  @Test
  void html_ofManyRuns_showsTheWorstAndSaysHowMany() throws IOException {
    List<Subject> subjects =
        Stream.concat(many(600).map(Samples::passed), many(300).map(Samples::failed)).toList();

    String page = Samples.written(ReportFormat.HTML::writer, subjects);

    assertThat(page)
        .contains("500 of 900 runs are on this page", "FAIL 300", "PASS 600")
        .contains("docs/findings/record.md");
    assertThat(page.split("<details class=\"is-FAIL", -1)).hasSize(301);
    assertThat(page.split("<details class=\"is-PASS", -1)).hasSize(201);
  }

  @Test
  void html_hostileText_loadsNothingAndRunsNothing() throws IOException {
    String page = Samples.written(ReportFormat.HTML::writer, Samples.all());

    assertThat(page)
        .contains("default-src 'none'", "runs/m.jsonl:9")
        .contains("&lt;script&gt;alert")
        .doesNotContain("<script", "<img", " src=", " href=", "url(", "@import");
  }

  @Test
  void annotations_hostileText_staysInItsCommand() {
    GithubAnnotations github = new GithubAnnotations();
    Samples.all().forEach(github::add);

    assertThat(github.lines())
        .allMatch(line -> line.matches("::(error|warning|notice) [^\\p{Cntrl}]*"))
        .anyMatch(
            line ->
                line.startsWith(
                    "::error file=runs/m.jsonl,line=9,title=record/readable%3A FAIL::bad (id-bad)"))
        .last()
        .asString()
        .startsWith("::notice title=Assay%3A fail::6 runs");
  }

  @Test
  void annotations_percentColonAndComma_areEscapedAsGithubAsks() {
    GithubAnnotations github = new GithubAnnotations();
    github.add(
        new Subject(
            "e",
            "n",
            "n",
            "d",
            Place.of("x"),
            RunVerdict.FAIL,
            Optional.empty(),
            List.of(
                new Result(
                    Samples.BLOCKS, CheckVerdict.FAIL, "", "100%, 1:2", Place.of("a,b:c%d")))));

    assertThat(github.lines().getFirst())
        .startsWith("::error file=a%2Cb%3Ac%25d,title=")
        .contains("100%25, 1:2");
  }

  @Test
  void annotations_moreThanGithubShows_areTenOfEachAndACount() {
    GithubAnnotations github = new GithubAnnotations();
    many(30).map(Samples::failed).forEach(github::add);
    many(30).map(Samples::warned).forEach(github::add);

    assertThat(github.lines()).hasSize(21).last().asString().contains("40 findings are not");
  }

  @Test
  void annotations_ofGoodRuns_areNone() {
    GithubAnnotations github = new GithubAnnotations();
    github.add(Samples.passed("a"));

    assertThat(github.lines()).isEmpty();
  }

  private static Stream<String> many(int count) {
    return IntStream.range(0, count).mapToObj("run-%05d"::formatted);
  }
}
