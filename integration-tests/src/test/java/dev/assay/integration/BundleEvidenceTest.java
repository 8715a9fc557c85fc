package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.bundle.BundleIssue;
import dev.assay.worker.bundle.BundleSubject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles with other evidence than their entries refer to. */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleEvidenceTest {
  private final Bundles bundles;

  BundleEvidenceTest(Bundles bundles) {
    this.bundles = bundles;
  }

  @Test
  void verify_changedDocument_isNamed() throws IOException {
    String document = bundles.run().first("documents/");
    BundleCopies changed = bundles.run().edit(document, text -> text.replaceFirst("\"", "\" "));
    bundles.expect("document-changed", changed, BundleIssue.Kind.BUNDLE_DAMAGED);
    bundles.expect("document-forged", changed.listed(), BundleIssue.Kind.EVIDENCE_EDITED);
  }

  @Test
  void verify_missingEvidence_isNeverIntact() throws IOException {
    BundleCopies noDocument = bundles.run();
    noDocument.remove(noDocument.first("documents/"));
    bundles.expect("document-missing-listed", noDocument, BundleIssue.Kind.BUNDLE_DAMAGED);
    bundles.expectMissing("document-left-out", noDocument.listed(), "documents/");
    BundleCopies noPlan = bundles.workflow();
    bundles.expectMissing(
        "plan-left-out", noPlan.remove(noPlan.first("plans/")).listed(), "plans/");
    bundles.expectMissing(
        "entries-left-out", lines(bundles.run(), _ -> false), "run.imported or run.changed");
    bundles.expectMissing(
        "start-left-out", lines(bundles.run(), line -> line > 0), "ledger.created");
  }

  @Test
  void verify_workflowWithoutItsEnd_isNeverIntact() throws IOException {
    // who hides what was decided leaves out the seal, which covers it, and some verdicts
    List<String> kept =
        bundles.workflow().lines("entries.jsonl").stream()
            .filter(
                line -> {
                  String entry =
                      new String(
                          Base64.getDecoder()
                              .decode(line.replaceFirst(".*\"entry\":\"([^\"]*)\".*", "$1")),
                          StandardCharsets.ISO_8859_1);
                  return !entry.contains("validation.sealed") && !entry.contains("run.verdict");
                })
            .toList();
    bundles.expectMissing(
        "seal-left-out",
        counted(bundles.workflow().putLines("entries.jsonl", kept), kept.size()),
        "validation.sealed or validation.abandoned");
    bundles.expect(
        "fewer-entries-than-said",
        bundles.workflow().putLines("entries.jsonl", kept).listed(),
        BundleIssue.Kind.BUNDLE_DAMAGED);
    bundles.expectMissing(
        "run-called-workflow",
        bundles
            .run()
            .edit(
                BundleCopies.MANIFEST,
                json -> json.replace("\"kind\":\"run\"", "\"kind\":\"workflow\""))
            .listed(),
        "validation.planned of " + bundles.runId());
  }

  @Test
  void verify_verdictThatItsFindingsContradict_isNamed() throws Exception {
    StoredEntry failed =
        bundles
            .entries(LogFilter.ALL.withSubject(bundles.runId()).withKind(EntryKind.RUN_VERDICT))
            .getFirst();
    StoredEntry sealed =
        bundles
            .entries(
                LogFilter.ALL
                    .withWorkflowId(bundles.workflowId())
                    .withKind(EntryKind.VALIDATION_SEALED))
            .getFirst();
    append(failed, "forged/verdict", "PASS", failed.payload());
    append(
        sealed,
        "forged/sealed",
        sealed.outcome(),
        sealed.payload().with("outcomeRoot", "0".repeat(64)));
    SignedNote later = bundles.home().stack().storage().signEnd(Home.LEDGER).note();
    bundles.expect(
        "verdict-forged",
        BundleCopies.of(
            bundles.write(new BundleSubject.Run(bundles.runId()), "verdict-forged", later)),
        BundleIssue.Kind.VERDICT_FORGED);
    Path both =
        bundles.write(new BundleSubject.Workflow(bundles.workflowId()), "outcome-forged", later);
    assertThat(Bundles.kinds(bundles.check(both)))
        .containsExactlyInAnyOrder(
            BundleIssue.Kind.VERDICT_FORGED, BundleIssue.Kind.OUTCOME_FORGED);
  }

  @Test
  void verify_planOfAnotherForm_isNamed() throws IOException {
    plan("plan-empty", _ -> "", BundleIssue.Kind.EVIDENCE_EDITED);
    plan("plan-junk", _ -> "junk\n", BundleIssue.Kind.EVIDENCE_EDITED);
    plan("plan-crlf", text -> text.replace("\n", "\r\n"), BundleIssue.Kind.EVIDENCE_EDITED);
    plan("plan-cr", text -> text.replace("\n", "\r"), BundleIssue.Kind.EVIDENCE_EDITED);
    plan("plan-spaced", text -> text.replace(",", ", "), BundleIssue.Kind.EVIDENCE_EDITED);
    plan("plan-line-more", text -> text + "\n", BundleIssue.Kind.EVIDENCE_EDITED);
    plan(
        "plan-unfinished",
        text -> text.substring(0, text.length() - 1),
        BundleIssue.Kind.EVIDENCE_EDITED);
    plan(
        "plan-line-long",
        text -> "x".repeat(200_001) + "\n" + text,
        BundleIssue.Kind.EVIDENCE_EDITED);
  }

  private void plan(String name, UnaryOperator<String> change, BundleIssue.Kind kind)
      throws IOException {
    BundleCopies copy = bundles.workflow();
    bundles.expect(name, copy.edit(copy.first("plans/"), change).listed(), kind);
  }

  @Test
  void verify_findingsOfAnotherForm_decideNothing() throws Exception {
    StoredEntry failed =
        bundles
            .entries(LogFilter.ALL.withSubject(bundles.runId()).withKind(EntryKind.RUN_VERDICT))
            .getFirst();
    String[] forms = {
      "junk",
      "{}",
      "[{}]",
      "[7]",
      "null",
      "[] ",
      "[{\"severity\":\"block\",\"verdict\":\"FAIL\"}]",
      "[{\"check\":1,\"limit\":\"\",\"observed\":\"\",\"severity\":\"block\",\"stage\":\"\",\"verdict\":\"FAIL\"}]",
      "[{\"check\":\"\",\"limit\":\"\",\"observed\":\"\",\"severity\":[],\"stage\":\"\",\"verdict\":\"FAIL\"}]"
    };
    for (String form : forms) {
      Sha256 digest = Sha256.of(form.getBytes(StandardCharsets.UTF_8));
      append(
          failed,
          "forged/findings/" + digest.hex(),
          "FAIL",
          failed.payload().with("findingsDigest", digest.hex()));
    }
    SignedNote later = bundles.home().stack().storage().signEnd(Home.LEDGER).note();
    Path written = bundles.write(new BundleSubject.Run(bundles.runId()), "findings", later);
    BundleCopies copy = BundleCopies.of(written);
    for (String form : forms) {
      Sha256 digest = Sha256.of(form.getBytes(StandardCharsets.UTF_8));
      copy.put("documents/%s.json".formatted(digest.hex()), form);
    }
    bundles.expect("findings-forms", copy.listed(), BundleIssue.Kind.VERDICT_FORGED);
    assertThat(Bundles.kinds(bundles.check(bundles.file("findings-forms"))))
        .filteredOn(BundleIssue.Kind.VERDICT_FORGED::equals)
        .hasSizeGreaterThanOrEqualTo(forms.length);
  }

  private void append(StoredEntry like, String name, String outcome, JsonObject payload) {
    bundles
        .home()
        .stack()
        .storage()
        .ledger(Home.LEDGER)
        .append(
            new NewEntry(
                name,
                like.kind(),
                like.actor(),
                like.subject(),
                outcome,
                like.occurred(),
                new Correlation(bundles.workflowId(), "", ""),
                payload));
  }

  /** The lines of a bundle whose number, from 0, is wanted; the manifest counts them. */
  private static BundleCopies lines(BundleCopies copy, IntPredicate wanted) {
    List<String> lines = copy.lines("entries.jsonl");
    List<String> kept =
        IntStream.range(0, lines.size()).filter(wanted).mapToObj(lines::get).toList();
    return counted(
        kept.isEmpty() ? copy.put("entries.jsonl", "") : copy.putLines("entries.jsonl", kept),
        kept.size());
  }

  private static BundleCopies counted(BundleCopies copy, int entries) {
    return copy.edit(
            BundleCopies.MANIFEST,
            json -> json.replaceFirst("\"entries\":\\d+", "\"entries\":" + entries))
        .listed();
  }
}
