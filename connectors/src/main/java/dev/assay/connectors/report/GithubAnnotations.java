package dev.assay.connectors.report;

import dev.assay.model.text.Count;
import dev.assay.model.verdict.RunVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Workflow commands of GitHub Actions that annotate files (docs.github.com, "Workflow commands for
 * GitHub Actions"). GitHub shows 10 errors and 10 warnings of a step and drops the rest without a
 * word, so there are at most as many here, the worst, and the last one says how many there would
 * be.
 */
public final class GithubAnnotations implements ReportWriter {
  private static final int MAX_OF_EACH = 10;
  private static final int MAX_TEXT = 1_000;

  private final List<String> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Totals totals = new Totals();
  private int left;

  @Override
  public void add(Subject subject) {
    totals.add(subject.verdict());
    for (Result result : subject.reasons()) {
      switch (result.rule().severity()) {
        case BLOCK -> keep(errors, "error", subject, result);
        case WARN -> keep(warnings, "warning", subject, result);
        case INFO -> {}
      }
    }
  }

  private void keep(List<String> kept, String level, Subject subject, Result result) {
    if (kept.size() < MAX_OF_EACH) {
      kept.add(command(level, subject, result));
    } else {
      left++;
    }
  }

  private static String command(String level, Subject subject, Result result) {
    String line =
        result.place().line().isPresent() ? ",line=" + result.place().line().getAsInt() : "";
    String file =
        result.place().remote() ? "" : "file=" + property(result.place().path()) + line + ",";
    return "::%s %stitle=%s::%s"
        .formatted(
            level,
            file,
            property("%s: %s".formatted(result.rule().id(), result.verdict())),
            data(
                "%s in %s: %s. %s"
                    .formatted(
                        subject.label(),
                        subject.group(),
                        result.message(),
                        result.guidance().action())));
  }

  /** As GitHub's toolkit escapes a command's data. */
  private static String data(String text) {
    return Harmless.line(text, MAX_TEXT)
        .replace("%", "%25")
        .replace("\r", "%0D")
        .replace("\n", "%0A");
  }

  /** As GitHub's toolkit escapes a command's property. */
  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  @Override
  public void finish() {}

  /** The commands, a line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(errors);
    lines.addAll(warnings);
    String more =
        left == 0
            ? ""
            : "; %s not annotated, the JUnit report and --format jsonl have all"
                .formatted(Count.of(left, "finding is", "findings are"));
    if (totals.whole() != RunVerdict.PASS || left > 0 || totals.of(RunVerdict.WARN) > 0) {
      lines.add(
          "::notice title=%s::%s"
              .formatted(
                  property("Assay: " + totals.whole().name().toLowerCase(Locale.ROOT)),
                  data(totals.line() + more)));
    }
    return List.copyOf(lines);
  }
}
