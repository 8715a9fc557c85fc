package dev.assay.connectors.report;

import dev.assay.model.text.Count;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One static page, for people: nothing is loaded from elsewhere, and it needs no script. Radio
 * buttons and style rules choose which verdicts are shown.
 */
final class HtmlWriter implements ReportWriter {
  /** Subjects on the page: with their findings at most some 10 MB. */
  static final int MAX_SUBJECTS = 500;

  private static final int MAX_FINDINGS = 20;

  /** No script, no network, whatever a name in a record says. */
  private static final String POLICY =
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
          + " 'unsafe-inline'\">";

  private static final String LEAD =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          + POLICY
          + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";

  static final Pattern BEGINNING =
      Pattern.compile(Pattern.quote(LEAD) + "<title>(FAIL|INDETERMINATE|PASS): ");

  private final Report report;
  private final OutputStream out;
  private final Totals totals = new Totals();
  private final Worst worst = new Worst(MAX_SUBJECTS);

  HtmlWriter(Report report, OutputStream out) {
    this.report = report;
    this.out = out;
  }

  @Override
  public void add(Subject subject) {
    totals.add(subject.verdict());
    worst.add(subject);
  }

  @Override
  public void finish() throws IOException {
    Html page = new Html();
    page.raw(LEAD)
        .element("title", "%s: %s".formatted(totals.whole(), report.name()))
        .raw("<style>")
        .raw(style())
        .raw(choosing())
        .raw("</style></head><body><main>\n<p class=\"kind\">")
        .text(report.tool())
        .raw("</p>")
        .element("h1", report.name())
        .raw("<p class=\"whole " + totals.whole() + "\">")
        .text(totals.whole().name())
        .raw("</p><p>")
        .text(totals.line())
        .raw("</p>\n<dl class=\"facts\">");
    for (Report.Fact fact : report.facts()) {
      page.element("dt", fact.name()).element("dd", fact.value());
    }
    page.raw("</dl>\n<p class=\"note\">This page is a reading aid, no evidence: ")
        .raw("<code>assay ledger verify</code> checks the record.</p>\n<h2>Runs</h2>\n");
    write(page);
    subjects();
    Html end = new Html();
    write(end.raw("</main></body></html>\n"));
  }

  private void subjects() throws IOException {
    List<Subject> subjects = worst.subjects();
    Html choices = new Html();
    choice(choices, "all", true);
    Totals.WORST_FIRST.stream()
        .filter(verdict -> totals.of(verdict) > 0)
        .forEach(verdict -> choice(choices, verdict.name(), false));
    choices.raw("<div class=\"choices\">");
    label(choices, "all", "all", totals.all());
    Totals.WORST_FIRST.stream()
        .filter(verdict -> totals.of(verdict) > 0)
        .forEach(
            verdict -> label(choices, verdict.name(), Totals.name(verdict), totals.of(verdict)));
    choices.raw("</div>\n");
    if (subjects.size() < totals.all()) {
      choices
          .raw("<p class=\"note\">")
          .text(
              "%d of %s are on this page, the worst first; the JUnit report and --format jsonl have all."
                  .formatted(subjects.size(), Count.of(totals.all(), "run")))
          .raw("</p>\n");
    }
    write(choices.raw("<div class=\"subjects\">\n"));
    for (Subject subject : subjects) {
      Html row = new Html();
      subject(row, subject, subject.equals(subjects.getFirst()) && !subject.reasons().isEmpty());
      write(row);
    }
    write(new Html().raw("</div>\n"));
  }

  private static void choice(Html page, String id, boolean checked) {
    page.raw("<input class=\"choice\" type=\"radio\" name=\"shown\" id=\"show-" + id + "\"")
        .raw(checked ? " checked>" : ">");
  }

  private static void label(Html page, String id, String name, int count) {
    page.raw("<label for=\"show-" + id + "\" class=\"" + id + "\">")
        .text("%s %d".formatted(name, count))
        .raw("</label>");
  }

  /** What the radio buttons do. */
  private static String choosing() {
    String marked =
        Totals.WORST_FIRST.stream()
            .map(RunVerdict::name)
            .map("#show-%1$s:checked ~ .choices label.%1$s"::formatted)
            .collect(Collectors.joining(", "));
    return "%s, #show-all:checked ~ .choices label.all { border-color: currentColor; font-weight: 700; }\n"
            .formatted(marked)
        + Totals.WORST_FIRST.stream()
            .map(RunVerdict::name)
            .map(
                "#show-%1$s:checked ~ .subjects details:not(.is-%1$s) { display: none; }\n"
                    ::formatted)
            .collect(Collectors.joining());
  }

  private static void subject(Html page, Subject subject, boolean open) {
    List<Result> reasons = subject.reasons();
    page.raw("<details class=\"is-" + subject.verdict() + (open ? "\" open>" : "\">"))
        .raw("<summary><b class=\"")
        .raw(subject.verdict().name())
        .raw("\">")
        .text(Totals.name(subject.verdict()))
        .raw("</b><span class=\"name\">")
        .text(subject.name());
    reasons.stream()
        .limit(1)
        .forEach(result -> page.raw("<small>").text(result.message()).raw("</small>"));
    page.raw("</span><span class=\"group\">")
        .text(subject.group())
        .raw("</span><span class=\"count\">")
        .text(reasons.isEmpty() ? "" : Count.of(reasons.size(), "finding"))
        .raw("</span></summary>\n<div class=\"body\">");
    reasons.stream().limit(MAX_FINDINGS).forEach(result -> finding(page, result));
    if (reasons.size() > MAX_FINDINGS) {
      page.raw("<p class=\"rest\">")
          .text("and %d more".formatted(reasons.size() - MAX_FINDINGS))
          .raw("</p>");
    }
    page.raw("<dl>");
    subject.caseId().ifPresent(id -> page.element("dt", "case").element("dd", id));
    page.element("dt", "experiment")
        .element("dd", subject.group())
        .element("dt", "run id")
        .element("dd", subject.id())
        .element("dt", "source")
        .element("dd", subject.place().toString())
        .element("dt", "digest")
        .element("dd", subject.digest())
        .raw("</dl>");
    rest(page, subject, CheckVerdict.SKIPPED, "Skipped: ");
    rest(page, subject, CheckVerdict.PASS, "Passed: ");
    page.raw("</div></details>\n");
  }

  private static void finding(Html page, Result result) {
    Severity severity = result.rule().severity();
    page.raw("<div class=\"finding ")
        .raw(severity == Severity.BLOCK ? result.verdict().name() : severity.text())
        .raw("\"><h3>")
        .text("%s %s".formatted(result.rule().id(), result.verdict()))
        .text(severity == Severity.BLOCK ? "" : " (%s)".formatted(severity.text()))
        .raw("</h3><p>")
        .text(result.message())
        .raw("</p><dl>")
        .element("dt", "observed")
        .element("dd", result.observed())
        .element("dt", "limit")
        .element("dd", result.rule().limit())
        .element("dt", "evidence")
        .element("dd", result.place().toString())
        .raw("</dl><p class=\"means\">")
        .text(result.guidance().means())
        .raw(" <b>Do:</b> ")
        .text(result.guidance().action())
        .text(" (%s)".formatted(result.rule().page()))
        .raw("</p></div>");
  }

  private static void rest(Html page, Subject subject, CheckVerdict verdict, String lead) {
    String ids =
        subject.results().stream()
            .filter(result -> result.verdict() == verdict)
            .map(result -> result.rule().id())
            .collect(Collectors.joining(", "));
    if (!ids.isEmpty()) {
      page.raw("<p class=\"rest\">").text(lead + ids).raw("</p>");
    }
  }

  private void write(Html part) throws IOException {
    out.write(part.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String style() {
    try (InputStream in = HtmlWriter.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
