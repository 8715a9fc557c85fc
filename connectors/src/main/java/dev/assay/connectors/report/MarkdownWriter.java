package dev.assay.connectors.report;

import dev.assay.model.text.Count;
import dev.assay.model.verdict.RunVerdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Markdown for a comment of a pull request or a job's summary: the worst subjects first, as many as
 * fit into what GitHub takes, and how many were left out.
 */
final class MarkdownWriter implements ReportWriter {
  /** Longest comment that GitHub takes. */
  static final int MAX_CHARACTERS = 65_536;

  static final Pattern BEGINNING =
      Pattern.compile("### Assay: (FAIL|INDETERMINATE|PASS)\n\n[^\n]*, validation <code>");

  /** Kept back for guidance and the line that says what was cut. */
  private static final int ROOM_BEHIND = 12_000;

  private static final int MAX_SUBJECTS = 500;
  private static final int MAX_REASONS = 3;
  private static final int MAX_TEXT = 200;

  private final Report report;
  private final OutputStream out;
  private final Totals totals = new Totals();
  private final Worst worst = new Worst(MAX_SUBJECTS);

  MarkdownWriter(Report report, OutputStream out) {
    this.report = report;
    this.out = out;
  }

  @Override
  public void add(Subject subject) {
    totals.add(subject.verdict());
    if (subject.verdict() != RunVerdict.PASS && subject.verdict() != RunVerdict.UNSELECTED) {
      worst.add(subject);
    }
  }

  @Override
  public void finish() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("### Assay: %s\n\n".formatted(totals.whole()))
        .append("%s, validation %s\n".formatted(totals.line(), code(report.name())));
    Set<Result> shown = table(text);
    guidance(text, shown);
    text.append("\n<details><summary>What ties this to the record</summary>\n\n");
    for (Report.Fact fact : report.facts()) {
      text.append("- %s: %s\n".formatted(fact.name(), code(fact.value())));
    }
    text.append("\n</details>\n");
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Set<Result> table(StringBuilder text) {
    Set<Result> shown = new LinkedHashSet<>();
    List<Subject> subjects = worst.subjects();
    if (subjects.isEmpty()) {
      return shown;
    }
    text.append("\n| verdict | run | experiment | why |\n|---|---|---|---|\n");
    int rows = 0;
    for (Subject subject : subjects) {
      String row = row(subject);
      if (text.length() + row.length() > MAX_CHARACTERS - ROOM_BEHIND) {
        break;
      }
      text.append(row);
      subject.reasons().stream().limit(MAX_REASONS).forEach(shown::add);
      rows++;
    }
    int wanted =
        totals.of(RunVerdict.FAIL)
            + totals.of(RunVerdict.INDETERMINATE)
            + totals.of(RunVerdict.WARN);
    if (rows < wanted) {
      text.append(
          "\n%s not shown here: the worst come first, and a comment holds %d characters.\n"
              .formatted(Count.of(wanted - rows, "more run is", "more runs are"), MAX_CHARACTERS));
    }
    return shown;
  }

  private static String row(Subject subject) {
    List<String> reasons = new ArrayList<>();
    subject.reasons().stream()
        .limit(MAX_REASONS)
        .forEach(
            result ->
                reasons.add(
                    "%s %s%s"
                        .formatted(
                            code(result.rule().id()),
                            code(result.message()),
                            result.place().equals(subject.place())
                                ? ""
                                : " at " + code(result.place().toString()))));
    int more = subject.reasons().size() - MAX_REASONS;
    if (more > 0) {
      reasons.add("and %d more".formatted(more));
    }
    return "| %s | %s | %s | %s |\n"
        .formatted(
            subject.verdict(),
            code(subject.name())
                + "<br>"
                + code(subject.place().toString())
                + subject.caseId().map(id -> "<br>case " + code(id)).orElse(""),
            code(subject.group()),
            String.join("<br>", reasons));
  }

  /** Once for each type and verdict that is shown. */
  private static void guidance(StringBuilder text, Set<Result> shown) {
    Set<String> lines = new LinkedHashSet<>();
    for (Result result : shown) {
      lines.add(
          "- **%s** %s: %s *Do:* %s\n"
              .formatted(
                  result.rule().type(),
                  result.verdict(),
                  result.guidance().means(),
                  result.guidance().action()));
    }
    if (!lines.isEmpty()) {
      text.append("\n**What it means**\n\n");
    }
    int end = text.length() + ROOM_BEHIND / 2;
    for (String line : lines) {
      if (text.length() + line.length() < end) {
        text.append(line);
      }
    }
  }

  private static String code(String text) {
    return MarkdownText.code(text, MAX_TEXT);
  }
}
