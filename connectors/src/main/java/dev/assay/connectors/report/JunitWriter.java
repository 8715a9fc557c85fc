package dev.assay.connectors.report;

import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JUnit XML as Jenkins' junit-10.xsd has it: a test suite a subject, a test case a rule. Only what
 * blocks is a failure (FAIL) or an error (INDETERMINATE): a test report that fails where the policy
 * passes would contradict it. Classname and name together are unique, and the same in the next
 * report, because that is how CI follows a test.
 */
final class JunitWriter implements ReportWriter {
  /** Other tools' reports begin alike; the first property is ours. */
  static final Pattern BEGINNING =
      Pattern.compile(
          "<\\?xml version=\"1\\.0\" encoding=\"UTF-8\"\\?>\n<testsuites name=\"[^\"]*\">\n"
              + "(</testsuites>|<testsuite name=\"[^\"]*\" tests=\"\\d+\" failures=\"\\d+\""
              + " errors=\"\\d+\" skipped=\"\\d+\">\n<properties><property name=\"verdict\")");

  private static final int MAX_TEXT = 4_000;

  private final OutputStream out;

  /** Two records of one run have one name; the second one gets a number. */
  private final Map<String, Integer> uses = new HashMap<>();

  private final StringBuilder text = new StringBuilder();

  JunitWriter(Report report, OutputStream out) {
    this.out = out;
    text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"")
        .append(attribute(report.name()))
        .append("\">\n");
  }

  @Override
  public void add(Subject subject) throws IOException {
    String name = unique(subject);
    text.append("<testsuite name=\"")
        .append(attribute(subject.group() + " / " + name))
        .append(
            "\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n"
                .formatted(
                    Math.max(1, subject.results().size()),
                    count(subject, CheckVerdict.FAIL),
                    count(subject, CheckVerdict.INDETERMINATE),
                    subject.results().isEmpty() ? 1 : count(subject, CheckVerdict.SKIPPED)));
    text.append("<properties>");
    property("verdict", subject.verdict().name());
    property("digest", subject.digest());
    property("source", subject.place().toString());
    subject.caseId().ifPresent(id -> property("case", id));
    text.append("</properties>\n");
    String classname = dotless(subject.group()) + "." + dotless(name);
    subject.results().forEach(result -> testcase(classname, result));
    if (subject.verdict() == RunVerdict.UNSELECTED) {
      open(classname, "selected");
      text.append("><skipped message=\"the policy doesn't select this run\"/></testcase>\n");
    }
    text.append("</testsuite>\n");
    flush();
  }

  private static long count(Subject subject, CheckVerdict verdict) {
    return subject.results().stream()
        .filter(result -> result.verdict() == verdict)
        .filter(result -> verdict == CheckVerdict.SKIPPED || result.blocks())
        .count();
  }

  private String unique(Subject subject) {
    int use = uses.merge(subject.group() + "\n" + subject.label(), 1, Integer::sum);
    return use == 1 ? subject.label() : "%s #%d".formatted(subject.label(), use);
  }

  private void property(String name, String value) {
    text.append("<property name=\"")
        .append(name)
        .append("\" value=\"")
        .append(attribute(value))
        .append("\"/>");
  }

  private void open(String classname, String name) {
    text.append("<testcase classname=\"")
        .append(attribute(classname))
        .append("\" name=\"")
        .append(attribute(name))
        .append('"');
  }

  private void testcase(String classname, Result result) {
    open(classname, result.rule().id());
    if (result.blocks()) {
      String element = result.verdict() == CheckVerdict.FAIL ? "failure" : "error";
      text.append("><").append(element);
      message(result);
      text.append(" type=\"")
          .append(attribute(result.rule().type()))
          .append("\">")
          .append(escaped(details(result)))
          .append("</")
          .append(element)
          .append("></testcase>\n");
    } else if (result.verdict() == CheckVerdict.SKIPPED) {
      text.append("><skipped");
      message(result);
      text.append("/></testcase>\n");
    } else if (result.against()) {
      String weight = result.rule().severity() == Severity.WARN ? "warning: " : "note: ";
      text.append("><system-out>")
          .append(escaped(weight + result.message() + "\n" + details(result)))
          .append("</system-out></testcase>\n");
    } else {
      text.append("/>\n");
    }
  }

  private void message(Result result) {
    text.append(" message=\"").append(attribute(result.message())).append('"');
  }

  private static String details(Result result) {
    return """
    observed: %s
    limit: %s
    evidence: %s
    means: %s
    do: %s
    more: %s\
    """
        .formatted(
            Harmless.line(result.observed(), MAX_TEXT),
            Harmless.line(result.rule().limit(), MAX_TEXT),
            Harmless.line(result.place().toString(), MAX_TEXT),
            result.guidance().means(),
            result.guidance().action(),
            result.rule().page());
  }

  /** Jenkins takes what stands before the last dot for a package. */
  private static String dotless(String part) {
    return part.replace('.', '_');
  }

  private static String attribute(String text) {
    return escaped(Harmless.line(text, MAX_TEXT));
  }

  /** Text without characters that XML 1.0 forbids, escaped; line ends stay. */
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.lines()
        .map(Harmless::line)
        .collect(Collectors.joining("\n"))
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  @Override
  public void finish() throws IOException {
    text.append("</testsuites>\n");
    flush();
  }

  private void flush() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
