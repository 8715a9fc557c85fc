package dev.assay.connectors.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The formats of reports: what writes each, and what its files are known by. */
public enum ReportFormat {
  /** JUnit XML as Jenkins and GitLab read it: all subjects, a test suite each; flat memory. */
  JUNIT("JUnit", JunitWriter.BEGINNING) {
    @Override
    public ReportWriter writer(Report report, OutputStream out) {
      return new JunitWriter(report, out);
    }
  },

  /** SARIF 2.1.0, within what GitHub takes; what is cut is said, and the worst stays. */
  SARIF("SARIF", SarifWriter.BEGINNING) {
    @Override
    public ReportWriter writer(Report report, OutputStream out) {
      return new SarifWriter(report, out, SarifLimits.GITHUB);
    }
  },

  /** Markdown for a comment: at most 65,536 characters, the worst first. */
  MARKDOWN("Markdown", MarkdownWriter.BEGINNING) {
    @Override
    public ReportWriter writer(Report report, OutputStream out) {
      return new MarkdownWriter(report, out);
    }
  },

  /** One static page; the worst subjects in full, a stated number of them. */
  HTML("HTML", HtmlWriter.BEGINNING) {
    @Override
    public ReportWriter writer(Report report, OutputStream out) {
      return new HtmlWriter(report, out);
    }
  };

  /** Bytes that are looked at: what a JUnit report is known by stands behind two names. */
  private static final int LOOKED_AT = 1 << 16;

  private final String title;
  private final Pattern beginning;

  ReportFormat(String title, Pattern beginning) {
    this.title = title;
    this.beginning = beginning;
  }

  /** Writes a report in this format. */
  public abstract ReportWriter writer(Report report, OutputStream out);

  /** What people call it. */
  public String title() {
    return title;
  }

  /**
   * Whether a report written there destroys nothing else: nothing is there, or an empty file, or a
   * report of this format that a {@link #writer} wrote.
   */
  public boolean mayReplace(Path file) throws IOException {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] first = in.readNBytes(LOOKED_AT);
      return first.length == 0
          || beginning.matcher(new String(first, StandardCharsets.UTF_8)).lookingAt();
    }
  }
}
