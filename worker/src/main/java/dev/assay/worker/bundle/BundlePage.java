package dev.assay.worker.bundle;

import dev.assay.connectors.report.Html;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.text.Count;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The page that explains a bundle to people: what it says, what proves it, how to check. It is a
 * reading aid, no evidence. One file, nothing loaded from elsewhere.
 */
final class BundlePage {
  /** Rows of each table; the files hold them all. */
  private static final int MAX_ROWS = 500;

  private record Judged(StoredEntry entry, Optional<Judgement> judgement) {}

  private final BundleSubject subject;
  private final Checkpoint checkpoint;
  private final VerifierKey key;
  private final List<StoredEntry> entries = new ArrayList<>();
  private final List<Judged> verdicts = new ArrayList<>();
  private final TreeMap<String, Integer> outcomes = new TreeMap<>();
  private long entryCount;
  private long verdictCount;

  BundlePage(BundleSubject subject, Checkpoint checkpoint, VerifierKey key) {
    this.subject = subject;
    this.checkpoint = checkpoint;
    this.key = key;
  }

  void add(StoredEntry entry, Optional<Judgement> judgement) {
    entryCount++;
    if (entries.size() < MAX_ROWS) {
      entries.add(entry);
    }
    if (entry.kind().equals(EntryKind.RUN_VERDICT)) {
      verdictCount++;
      outcomes.merge(entry.outcome(), 1, Integer::sum);
      if (verdicts.size() < MAX_ROWS) {
        verdicts.add(new Judged(entry, judgement));
      }
    }
  }

  String html(long documents) {
    Html page = new Html();
    page.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .element("title", "Evidence about %s %s".formatted(subject.kind(), subject.id()))
        .raw("<style>")
        .raw(style())
        .raw("</style></head><body><main>\n");
    summary(page, documents);
    verdicts(page);
    proof(page);
    entries(page);
    return page.raw("</main></body></html>\n").toString();
  }

  private void summary(Html page, long documents) {
    page.raw("<p class=\"kind\">Assay evidence bundle</p>")
        .element("h1", subject.id())
        .raw("<p>")
        .text(
            "What the ledger recorded about this %s: %s, and %s that they were decided from."
                .formatted(
                    subject.kind(),
                    Count.of(entryCount, "entry", "entries"),
                    Count.of(documents, "document", "documents")))
        .raw("</p>\n<ul class=\"outcomes\">");
    outcomes.forEach(
        (outcome, count) ->
            page.raw("<li class=\"")
                .raw(colour(outcome))
                .raw("\">")
                .text("%s × %d".formatted(outcome, count))
                .raw("</li>"));
    page.raw("</ul>\n<p class=\"note\">This page is a reading aid. The evidence is in the files")
        .raw(" beside it; check them before you rely on what you read here.</p>\n");
  }

  private void verdicts(Html page) {
    if (verdicts.isEmpty()) {
      return;
    }
    page.raw("<h2>Verdicts</h2>\n");
    for (Judged judged : verdicts) {
      StoredEntry entry = judged.entry();
      page.raw("<details")
          .raw(verdicts.size() == 1 ? " open" : "")
          .raw("><summary><b class=\"")
          .raw(colour(entry.outcome()))
          .raw("\">")
          .text(entry.outcome())
          .raw("</b> ")
          .text(entry.subject())
          .raw("</summary>\n<p>")
          .text(
              "Entry %d, recorded %s, decided in %s by %s."
                  .formatted(
                      entry.index(),
                      entry.recorded(),
                      entry.correlation().workflowId(),
                      entry.actor()))
          .raw("</p>");
      judged.judgement().ifPresent(judgement -> findings(page, judgement.findings()));
      page.raw("</details>\n");
    }
    more(page, verdictCount, "verdicts");
  }

  private static void findings(Html page, List<Finding> findings) {
    page.raw("<div class=\"wide\"><table><tr><th>Check</th><th>Verdict</th><th>Observed</th>")
        .raw("<th>Limit</th><th>Severity</th></tr>\n");
    for (Finding finding : findings) {
      page.raw("<tr>")
          .element("td", finding.stage() + "/" + finding.check())
          .raw("<td class=\"")
          .raw(colour(finding.verdict().name()))
          .raw("\">")
          .text(finding.verdict().name())
          .raw("</td>")
          .element("td", finding.observed())
          .element("td", finding.limit())
          .element("td", finding.severity().text())
          .raw("</tr>\n");
    }
    page.raw("</table></div>");
  }

  private void proof(Html page) {
    page.raw("<h2>What proves it</h2>\n<p>")
        .text(
            "Each entry comes with its place in the Merkle tree of a signed checkpoint of %s. An entry that was changed, or never recorded, has no such place. Each document is named by the SHA-256 that an entry holds."
                .formatted(Count.of(checkpoint.size(), "entry", "entries")))
        .raw("</p>\n<dl>")
        .element("dt", "Ledger")
        .element("dd", checkpoint.origin())
        .element("dt", "Tree size")
        .element("dd", Long.toString(checkpoint.size()))
        .element("dt", "Root")
        .element("dd", checkpoint.root().hex())
        .element("dt", "Signed by (a claim: compare it with the key you got from the owner)")
        .element("dd", key.toString())
        .raw(
            "</dl>\n<h2>Check it</h2>\n<p>With the key that the ledger's owner published, never the")
        .raw(" one above, and either of two programs that share no code:</p>\n<pre>")
        .raw("assay ledger verify --bundle BUNDLE.zip --key LEDGER.vkey\n")
        .raw("python3 verify_bundle.py BUNDLE.zip LEDGER.vkey")
        .raw(
            "</pre>\n<p>What this doesn't prove: that nothing else happened, and that the run's own")
        .raw(" record was true when it was imported.</p>\n");
  }

  private void entries(Html page) {
    page.raw(
            "<h2>Entries</h2>\n<div class=\"wide\"><table><tr><th>Index</th><th>Recorded (UTC)</th>")
        .raw("<th>Kind</th><th>Outcome</th><th>Subject</th><th>Payload</th></tr>\n");
    for (StoredEntry entry : entries) {
      page.raw("<tr>")
          .element("td", Long.toString(entry.index()))
          .element("td", entry.recorded().toString())
          .element("td", entry.kind())
          .element("td", entry.outcome())
          .element("td", entry.subject())
          .raw("<td>")
          .element(
              "code", new String(CanonicalJson.encode(entry.payload()), StandardCharsets.UTF_8))
          .raw("</td></tr>\n");
    }
    page.raw("</table></div>\n");
    more(page, entryCount, "entries");
  }

  private static void more(Html page, long count, String what) {
    if (count > MAX_ROWS) {
      page.raw("<p>")
          .text(
              "These are the first %d of %d %s; entries.jsonl has all."
                  .formatted(MAX_ROWS, count, what))
          .raw("</p>\n");
    }
  }

  private static String colour(String outcome) {
    return switch (outcome) {
      case "PASS" -> "good";
      case "FAIL", "INDETERMINATE" -> "bad";
      default -> "plain";
    };
  }

  private static String style() {
    try (InputStream in = BundlePage.class.getResourceAsStream("bundle.css")) {
      if (in == null) {
        throw new IllegalStateException("bundle.css is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
