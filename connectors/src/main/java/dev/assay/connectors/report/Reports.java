package dev.assay.connectors.report;

import java.io.OutputStream;

/** The writers of reports. */
public final class Reports {
  private Reports() {}

  /** JUnit XML as Jenkins and GitLab read it: all subjects, a test suite each; flat memory. */
  public static ReportWriter junit(Report report, OutputStream out) {
    return new JunitWriter(report, out);
  }

  /** SARIF 2.1.0, within what GitHub takes; what is cut is said, and the worst stays. */
  public static ReportWriter sarif(Report report, OutputStream out) {
    return new SarifWriter(report, out, SarifLimits.GITHUB);
  }

  /** Markdown for a comment: at most 65,536 characters, the worst first. */
  public static ReportWriter markdown(Report report, OutputStream out) {
    return new MarkdownWriter(report, out);
  }

  /** One static page; the worst subjects in full, a stated number of them. */
  public static ReportWriter html(Report report, OutputStream out) {
    return new HtmlWriter(report, out);
  }
}
