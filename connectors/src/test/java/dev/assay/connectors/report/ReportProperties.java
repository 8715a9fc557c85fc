package dev.assay.connectors.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.RunVerdict;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.xml.sax.InputSource;

/** Any text of a record leaves any report what it is. */
class ReportProperties {
  @Property(tries = 500)
  void report_anyText_staysWellFormed(
      @ForAll
          @CharRange(from = '\u0000', to = '~')
          @CharRange(from = '\ud7ff', to = '\uffff')
          @StringLength(max = 60)
          String text)
      throws Exception {
    List<Subject> subjects = List.of(subject(text));

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new InputSource(
                new StringReader(Samples.written(ReportFormat.JUNIT::writer, subjects))));
    assertThat(parsed(Samples.written(ReportFormat.SARIF::writer, subjects)))
        .isInstanceOf(JsonObject.class);
    String page = Samples.written(ReportFormat.HTML::writer, subjects);
    assertThat(page.chars().filter(c -> c == '<').count())
        .isEqualTo(
            Samples.written(ReportFormat.HTML::writer, List.of(subject("x")))
                .chars()
                .filter(c -> c == '<')
                .count());
    assertThat(Samples.written(ReportFormat.MARKDOWN::writer, subjects).lines())
        .filteredOn(line -> line.startsWith("|"))
        .hasSize(3)
        .last()
        .matches(row -> row.chars().filter(c -> c == '|').count() == 5);
    GithubAnnotations github = new GithubAnnotations();
    subjects.forEach(github::add);
    assertThat(github.lines()).hasSize(2).allMatch(line -> line.lines().count() == 1);
  }

  private static Object parsed(String json) {
    return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Subject subject(String text) {
    return new Subject(
        text,
        text,
        text,
        "d",
        Place.of(text),
        RunVerdict.FAIL,
        Optional.empty(),
        List.of(new Result(Samples.BLOCKS, CheckVerdict.FAIL, text, text, Place.of(text))));
  }
}
