package dev.assay.cli.ledger;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.OptionFile;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.base.UsageException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.text.Count;
import dev.assay.worker.bundle.BundleException;
import dev.assay.worker.bundle.BundleIssue;
import dev.assay.worker.bundle.BundleReport;
import dev.assay.worker.bundle.BundleVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code assay ledger verify --bundle}: no database, no home needed. */
final class BundleVerdict {
  private final BundleReport report;
  private final Optional<TrustedKey> key;

  private BundleVerdict(BundleReport report, Optional<TrustedKey> key) {
    this.report = report;
    this.key = key;
  }

  /** Checks a bundle and shows the answer. */
  static ExitCode show(Session session, Path bundle, @Nullable String key) throws IOException {
    OptionFile.requirePlain("--bundle", bundle);
    BundleVerdict verdict;
    try (BundleVerifier verifier = BundleVerifier.open(bundle)) {
      Optional<TrustedKey> trusted = TrustedKey.find(session, key, verifier.origin());
      verdict = new BundleVerdict(verifier.verify(trusted.map(TrustedKey::key)), trusted);
    } catch (BundleException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    session.output().document(verdict.json(), verdict::text);
    return switch (verdict.report.status()) {
      case INTACT -> ExitCode.YES;
      case TAMPERED -> ExitCode.TAMPERED;
      case INDETERMINATE -> ExitCode.NO_ANSWER;
    };
  }

  private JsonObject json() {
    return JsonObject.EMPTY
        .with("anchored", report.trusted())
        .with(
            "asFarAs",
            report.trusted()
                ? JsonObject.EMPTY
                    .with("origin", report.checkpoint().origin())
                    .with("root", report.checkpoint().root().hex())
                    .with("size", report.checkpoint().size())
                : JsonNull.NULL)
        .with("documents", report.documents())
        .with("entries", report.entries())
        .with(
            "issues",
            new JsonArray(report.issues().stream().<JsonValue>map(BundleVerdict::issue).toList()))
        .with("missing", JsonValue.strings(report.missing()))
        .with("origin", report.checkpoint().origin())
        .with("root", report.checkpoint().root().hex())
        .with("size", report.checkpoint().size())
        .with("status", status())
        .with("subject", report.subject().toJson());
  }

  private static JsonObject issue(BundleIssue issue) {
    return JsonObject.EMPTY
        .with("detail", issue.detail())
        .with("index", issue.index())
        .with("kind", issue.kind().name())
        .with("remediation", issue.remediation())
        .with("to", issue.index())
        .with("where", issue.where());
  }

  private String status() {
    return report.status().name().toLowerCase(Locale.ROOT);
  }

  private void text(TextOutput out) {
    out.line(
        Cell.of("bundle about %s %s: ".formatted(report.subject().kind(), report.subject().id())),
        new Cell(status(), report.status() == BundleReport.Status.INTACT ? Style.GOOD : Style.BAD));
    for (BundleIssue issue : report.issues()) {
      out.line(
          new Cell(issue.kind().name(), Style.BAD),
          Cell.of(" %s: %s".formatted(issue.where(), issue.detail())));
      out.line("  " + issue.remediation());
    }
    report.missing().forEach(what -> out.line("missing: " + what));
    out.line(
        "%s, %s, under the checkpoint of %s of %s"
            .formatted(
                Count.of(report.entries(), "entry", "entries"),
                Count.of(report.documents(), "document", "documents"),
                Count.of(report.checkpoint().size(), "entry", "entries"),
                report.checkpoint().origin()));
    out.line(
        key.map(with -> "signature checked with the key from " + with.source())
            .orElse(
                "unanchored: no key of this ledger is at hand, and the one in the bundle proves nothing. Get it from the ledger's owner and pass it with --key"));
  }
}
