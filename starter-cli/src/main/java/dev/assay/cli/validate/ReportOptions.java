package dev.assay.cli.validate;

import dev.assay.cli.base.OutFile;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UnavailableException;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Again;
import dev.assay.connectors.report.GithubAnnotations;
import dev.assay.connectors.report.ReportFile;
import dev.assay.connectors.report.ReportFormat;
import dev.assay.connectors.report.ReportWriter;
import dev.assay.worker.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The reports of a validation that options ask for; docs/validate.md, "Reports". */
public final class ReportOptions {
  private static final String GITHUB = "github";
  private static final String NONE = "none";

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--junit",
      paramLabel = "F.xml",
      description = "Also write a JUnit report: a test suite a run, a test case a check.")
  private @Nullable Path junit;

  @Option(
      names = "--sarif",
      paramLabel = "F.sarif",
      description = "Also write SARIF 2.1.0, for code scanning: at most 25,000 findings.")
  private @Nullable Path sarif;

  @Option(
      names = "--markdown",
      paramLabel = "F.md",
      description = "Also write a summary for a pull request: at most 65,536 characters.")
  private @Nullable Path markdown;

  @Option(
      names = "--report",
      paramLabel = "F.html",
      description = "Also write one static page, with the 500 worst runs.")
  private @Nullable Path html;

  @Option(
      names = "--annotations",
      paramLabel = "WHERE",
      description =
          "github: annotate files on standard error, as GitHub Actions reads it; none: don't."
              + " Without it: github where GITHUB_ACTIONS is true.")
  private @Nullable String annotations;

  /** Which file in which format. */
  private record Wanted(String option, Path file, ReportFormat format) {}

  private List<Wanted> wanted() {
    List<Wanted> wanted = new ArrayList<>();
    if (junit != null) {
      wanted.add(new Wanted("--junit", junit, ReportFormat.JUNIT));
    }
    if (sarif != null) {
      wanted.add(new Wanted("--sarif", sarif, ReportFormat.SARIF));
    }
    if (markdown != null) {
      wanted.add(new Wanted("--markdown", markdown, ReportFormat.MARKDOWN));
    }
    if (html != null) {
      wanted.add(new Wanted("--report", html, ReportFormat.HTML));
    }
    return wanted;
  }

  /**
   * Succeeds if all of it can be written, outside of the home; called before anything is opened.
   *
   * @throws UsageException if something can't
   */
  public void require(Session session) {
    require(session, KeptPlaces.of(session));
  }

  /** As {@link #require(Session)}, outside of {@code kept}. */
  void require(Session session, KeptPlaces kept) {
    Map<Path, String> files = new HashMap<>();
    for (Wanted one : wanted()) {
      OutFile.requireReport(one.option(), one.file());
      kept.requireOutside(one.option(), one.file());
      requireReport(one);
      String other = files.put(KeptPlaces.real(one.file().toAbsolutePath()), one.option());
      if (other != null) {
        throw new UsageException(
            "%s and %s: both name %s: name two files".formatted(other, one.option(), one.file()));
      }
    }
    onGithub(session);
  }

  /** What is there is an earlier report, or empty. */
  private static void requireReport(Wanted one) {
    try {
      if (!one.format().mayReplace(one.file())) {
        throw new UsageException(
            "%s: %s is there, and its first bytes aren't those of Assay's %s reports: name another file, or remove it"
                .formatted(one.option(), one.file(), one.format().title()));
      }
    } catch (IOException e) {
      throw new UsageException(
          "%s: %s is there, and can't be read to see whether it is an earlier report: name another file, or remove it"
              .formatted(one.option(), one.file()),
          e);
    }
  }

  /** Succeeds if no report would replace one of these, either. */
  void requireOutside(KeptPlaces kept) {
    for (Wanted one : wanted()) {
      kept.requireOutside(one.option(), one.file());
    }
  }

  private boolean onGithub(Session session) {
    if (annotations == null) {
      return "true".equals(session.environment().get("GITHUB_ACTIONS"));
    }
    return switch (annotations) {
      case GITHUB -> true;
      case NONE -> false;
      default ->
          throw new UsageException(
              "--annotations %s: write %s or %s".formatted(annotations, GITHUB, NONE));
    };
  }

  /** Succeeds if no file is asked for. */
  void requireNone() {
    for (Wanted one : wanted()) {
      throw new UsageException(
          "--detach and %s: reports are written when the result is there; give it to 'assay workflow wait ID' instead"
              .formatted(one.option()));
    }
  }

  /** A report of another validation must not be taken for one of this, if this one fails. */
  public void removeOld() {
    for (Wanted one : wanted()) {
      try {
        Files.deleteIfExists(one.file());
      } catch (IOException e) {
        throw unwritable(e, "nothing was started");
      }
    }
  }

  /** Writes what was asked for, from the record; all of it, or none. */
  public void write(Session session, Stack stack, RecordedValidation validation)
      throws InterruptedException {
    boolean annotate = onGithub(session);
    if (wanted().isEmpty() && !annotate) {
      return;
    }
    ValidationReport source = new ValidationReport(session, stack, validation);
    GithubAnnotations github =
        Again.on(session, stack).until("writing the reports", () -> written(source));
    if (annotate) {
      github.lines().forEach(session.output()::ciCommand);
    }
  }

  private GithubAnnotations written(ValidationReport source) {
    List<ReportFile> files = new ArrayList<>();
    try {
      for (Wanted one : wanted()) {
        files.add(ReportFile.begin(source.head(), one.file(), one.format()));
      }
      GithubAnnotations github = new GithubAnnotations();
      List<ReportWriter> writers = new ArrayList<>(files);
      writers.add(github);
      source.to(writers);
      return github;
    } catch (IOException e) {
      throw unwritable(e, "the result itself stands");
    } finally {
      files.forEach(ReportOptions::close);
    }
  }

  private static void close(ReportFile file) {
    try {
      file.close();
    } catch (IOException e) {
      throw unwritable(e, "a draft may be left beside it");
    }
  }

  private static UnavailableException unwritable(IOException e, String so) {
    return new UnavailableException(
        "can't write a report: %s; %s. Make room or name a file elsewhere, and run it again"
            .formatted(e.getMessage(), so),
        e);
  }
}
