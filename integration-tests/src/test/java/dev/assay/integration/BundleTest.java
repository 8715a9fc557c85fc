package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.bundle.BundleException;
import dev.assay.worker.bundle.BundleIssue;
import dev.assay.worker.bundle.BundleReport;
import dev.assay.worker.bundle.BundleReport.Status;
import dev.assay.worker.bundle.BundleSubject;
import dev.assay.worker.bundle.BundleVerifier;
import dev.assay.worker.bundle.Bundler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bundles of a real validation, good and damaged in every way we know. With the system property
 * {@code assay.bundles.out} they are left in that folder with what was found, {@code expected.tsv},
 * for a second verifier to agree.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleTest {
  private static final Optional<Path> OUT =
      Optional.ofNullable(System.getProperty("assay.bundles.out"))
          .filter(name -> !name.isEmpty())
          .map(Path::of);

  @TempDir private static Path scratch;
  private static Path folder;
  private static Home home;
  private static VerifierKey key;
  private static SignedNote signed;
  private static Path workflow;
  private static Path run;
  private static String workflowId;
  private static String runId;
  private static final List<String> EXPECTED = new ArrayList<>();

  @BeforeAll
  static void validate() throws Exception {
    folder = Files.createDirectories(OUT.orElse(scratch.resolve("bundles")));
    home = Home.open(scratch.resolve("home"));
    home.validate(Inputs.MLRUNS_POLICY, Inputs.MLRUNS);
    StoredEntry failed =
        entries(LogFilter.ALL.withKind(EntryKind.RUN_VERDICT)).stream()
            .filter(entry -> entry.outcome().equals("FAIL"))
            .findFirst()
            .orElseThrow();
    runId = failed.subject();
    workflowId = failed.correlation().workflowId();
    SignedEnd end = home.stack().storage().signEnd(Home.LEDGER);
    signed = end.note();
    key = end.key();
    workflow = bundle(new BundleSubject.Workflow(workflowId), "workflow");
    run = bundle(new BundleSubject.Run(runId), "run");
    Files.writeString(folder.resolve("ledger.vkey"), key + "\n");
  }

  @AfterAll
  static void close() throws IOException {
    Files.write(folder.resolve("expected.tsv"), EXPECTED);
    home.close();
  }

  @Test
  void verify_bundlesAsTheyWereMade_areIntact() throws IOException {
    BundleReport ofWorkflow = check("workflow-good", workflow);
    assertThat(ofWorkflow.status()).as("%s", ofWorkflow).isEqualTo(Status.INTACT);
    assertThat(ofWorkflow.entries())
        .isEqualTo(entries(LogFilter.ALL.withWorkflowId(workflowId)).size() + 1);
    BundleReport ofRun = check("run-good", run);
    assertThat(ofRun.status()).as("%s", ofRun).isEqualTo(Status.INTACT);
    assertThat(ofRun.documents()).isEqualTo(4); // run, policy, plan, findings
  }

  @Test
  void verify_withoutKey_isIndeterminate() throws IOException {
    assertThat(BundleVerifier.verify(run, Optional.empty()).status())
        .isEqualTo(Status.INDETERMINATE);
  }

  @Test
  void write_twice_givesEqualBytes() throws IOException {
    Path again = bundle(new BundleSubject.Run(runId), "run-again");
    assertThat(again).hasSameBinaryContentAs(run);
    Files.delete(again);
  }

  @Test
  void write_unknownSubject_isRefusedAndLeavesNoFile() {
    assertThatThrownBy(() -> bundle(new BundleSubject.Run("mlflow/no/such"), "none"))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("mlflow/no/such");
    assertThat(folder.resolve("none.zip")).doesNotExist();
  }

  @Test
  void write_lookupsThatLackEntries_isRefusedAndLeavesNoFile() throws Exception {
    try (var connection = home.stack().storage().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM ledger.lookup WHERE kind = 'validation.sealed'");
    }
    try {
      assertThatThrownBy(() -> bundle(new BundleSubject.Workflow(workflowId), "lacking"))
          .isInstanceOf(BundleException.class)
          .hasMessageContainingAll("no bundle was made", "assay db rebuild-projections");
      assertThat(folder.resolve("lacking.zip")).doesNotExist();
    } finally {
      home.stack().storage().lookups(Home.LEDGER).rebuild(_ -> {});
    }
  }

  @Test
  void verify_changedDocument_isNamed() throws IOException {
    String document = copy(run).first("documents/");
    BundleCopies changed = copy(run).edit(document, text -> text.replaceFirst("\"", "\" "));
    expect("document-changed", changed, BundleIssue.Kind.BUNDLE_DAMAGED);
    expect("document-forged", changed.listed(), BundleIssue.Kind.EVIDENCE_EDITED);
  }

  @Test
  void verify_missingEvidence_isNeverIntact() throws IOException {
    BundleCopies noDocument = copy(run);
    noDocument.remove(noDocument.first("documents/"));
    expect("document-missing-listed", noDocument, BundleIssue.Kind.BUNDLE_DAMAGED);
    expectMissing("document-left-out", noDocument.listed(), "documents/");
    BundleCopies noPlan = copy(workflow);
    expectMissing("plan-left-out", noPlan.remove(noPlan.first("plans/")).listed(), "plans/");
    expectMissing("entries-left-out", lines(run, _ -> false), "run.imported or run.changed");
    expectMissing("start-left-out", lines(run, line -> line > 0), "ledger.created");
  }

  @Test
  void verify_workflowWithoutItsEnd_isNeverIntact() throws IOException {
    // who hides what was decided leaves out the seal, which covers it, and some verdicts
    List<String> kept =
        copy(workflow).lines("entries.jsonl").stream()
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
    expectMissing(
        "seal-left-out",
        counted(copy(workflow).putLines("entries.jsonl", kept), kept.size()),
        "validation.sealed or validation.abandoned");
    expect(
        "fewer-entries-than-said",
        copy(workflow).putLines("entries.jsonl", kept).listed(),
        BundleIssue.Kind.BUNDLE_DAMAGED);
    expectMissing(
        "run-called-workflow",
        copy(run)
            .edit(
                BundleCopies.MANIFEST,
                json -> json.replace("\"kind\":\"run\"", "\"kind\":\"workflow\""))
            .listed(),
        "validation.planned of " + runId);
  }

  /** The lines of a bundle whose number, from 0, is wanted; the manifest counts them. */
  private static BundleCopies lines(Path bundle, IntPredicate wanted) throws IOException {
    List<String> lines = copy(bundle).lines("entries.jsonl");
    List<String> kept =
        IntStream.range(0, lines.size()).filter(wanted).mapToObj(lines::get).toList();
    BundleCopies copy = copy(bundle);
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

  @Test
  void verify_changedEntry_isNamed() throws IOException {
    List<String> lines = copy(run).lines("entries.jsonl");
    List<String> edited = new ArrayList<>(lines);
    edited.set(3, reEncoded(lines.get(3)));
    expect(
        "entry-edited",
        copy(run).putLines("entries.jsonl", edited).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> proof = new ArrayList<>(lines);
    proof.set(
        2,
        lines
            .get(2)
            .replaceFirst("\"proof\":\\[\"[^\"]*\"", "\"proof\":[\"" + "A".repeat(43) + "=\""));
    expect(
        "proof-edited",
        copy(run).putLines("entries.jsonl", proof).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> shorter = new ArrayList<>(lines);
    shorter.set(2, lines.get(2).replaceFirst("\"proof\":\\[\"[^\"]*\",", "\"proof\":["));
    expect(
        "proof-shorter",
        copy(run).putLines("entries.jsonl", shorter).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> swapped = new ArrayList<>(lines);
    swapped.set(1, lines.get(2));
    swapped.set(2, lines.get(1));
    expect(
        "entries-swapped",
        copy(run).putLines("entries.jsonl", swapped).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> renumbered = new ArrayList<>(lines);
    renumbered.set(1, lines.get(1).replaceFirst("\"index\":", "\"index\":1"));
    expect(
        "entry-renumbered",
        copy(run).putLines("entries.jsonl", renumbered).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> garbage = new ArrayList<>(lines);
    garbage.set(0, "{\"entry\":3}");
    expect(
        "entry-garbage",
        copy(run).putLines("entries.jsonl", garbage).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
  }

  @Test
  void verify_otherCheckpoint_isNamed() throws IOException {
    String root = Base64.getEncoder().encodeToString(new byte[32]);
    BundleCopies forged =
        copy(run)
            .edit(
                "checkpoint",
                note -> note.replaceFirst("\n[A-Za-z0-9+/]{43}=\n", "\n" + root + "\n"))
            .edit(
                BundleCopies.MANIFEST,
                json ->
                    json.replaceFirst(
                        "\"root\":\"[0-9a-f]{64}\"", "\"root\":\"" + "0".repeat(64) + "\""))
            .listed();
    expect("checkpoint-forged", forged, BundleIssue.Kind.CHECKPOINT_FORGED);
    Checkpoint checkpoint = Checkpoint.parse(signed.text());
    SignedNote strangers =
        CheckpointSigners.noteSigner(scratch.resolve("test-only-stranger.pem"), checkpoint.origin())
            .sign(checkpoint.text());
    expect(
        "key-substituted",
        copy(run).put("checkpoint", strangers.toString()).listed(),
        BundleIssue.Kind.KEY_SUBSTITUTED);
    expect(
        "checkpoint-garbage",
        copy(run).put("checkpoint", "no note").listed(),
        BundleIssue.Kind.CHECKPOINT_FORGED);
    expect(
        "checkpoint-gone",
        copy(run).remove("checkpoint").listed(),
        BundleIssue.Kind.CHECKPOINT_FORGED);
    expect(
        "manifest-other-size",
        copy(run)
            .edit(
                BundleCopies.MANIFEST,
                json -> json.replaceFirst("(\"size\":\\d+)(,\"subject\")", "$10$2")),
        BundleIssue.Kind.CHECKPOINT_FORGED);
  }

  @Test
  void verify_strangeFile_isNamed() throws IOException {
    expect("file-added", copy(run).put("notes.txt", "trust me"), BundleIssue.Kind.BUNDLE_DAMAGED);
    expect(
        "file-added-listed",
        copy(run).put("notes.txt", "trust me").listed(),
        BundleIssue.Kind.BUNDLE_DAMAGED);
    expect("file-climbs", copy(run).put("../evil", "x").listed(), BundleIssue.Kind.BUNDLE_DAMAGED);
    expect("page-changed", copy(run).put("index.html", "<p>PASS"), BundleIssue.Kind.BUNDLE_DAMAGED);
  }

  @Test
  void verify_noBundle_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(run);
    Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
    Path noManifest =
        copy(run).remove(BundleCopies.MANIFEST).write(folder.resolve("no-manifest.zip"));
    Path otherFormat =
        copy(run)
            .edit(BundleCopies.MANIFEST, json -> json.replace("assay/bundle/v1", "assay/bundle/v9"))
            .write(folder.resolve("other-format.zip"));
    for (Path bundle : new Path[] {cut, noManifest, otherFormat}) {
      EXPECTED.add(bundle.getFileName() + "\t2");
      assertThatThrownBy(() -> BundleVerifier.verify(bundle, Optional.of(key)))
          .isInstanceOf(BundleException.class);
    }
  }

  @Test
  void verify_anyByteChanged_isNoOtherException() throws IOException {
    byte[] bytes = Files.readAllBytes(run);
    Random random = new Random(20_261_123);
    Path file = scratch.resolve("flipped.zip");
    for (int i = 0; i < 2_000; i++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      assertThatCode(
              () -> {
                try {
                  BundleVerifier.verify(file, Optional.of(key));
                } catch (BundleException _) {
                  // no bundle any more
                }
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void verify_verdictThatItsFindingsContradict_isNamed() throws Exception {
    StoredEntry failed =
        entries(LogFilter.ALL.withSubject(runId).withKind(EntryKind.RUN_VERDICT)).getFirst();
    StoredEntry sealed =
        entries(LogFilter.ALL.withWorkflowId(workflowId).withKind(EntryKind.VALIDATION_SEALED))
            .getFirst();
    append(failed, "forged/verdict", "PASS", failed.payload());
    append(
        sealed,
        "forged/sealed",
        sealed.outcome(),
        sealed.payload().with("outcomeRoot", "0".repeat(64)));
    SignedNote later = home.stack().storage().signEnd(Home.LEDGER).note();
    expect(
        "verdict-forged",
        BundleCopies.of(bundle(new BundleSubject.Run(runId), "verdict-forged", later)),
        BundleIssue.Kind.VERDICT_FORGED);
    Path both = bundle(new BundleSubject.Workflow(workflowId), "outcome-forged", later);
    assertThat(kinds(check("outcome-forged", both)))
        .containsExactlyInAnyOrder(
            BundleIssue.Kind.VERDICT_FORGED, BundleIssue.Kind.OUTCOME_FORGED);
  }

  private static void append(StoredEntry like, String name, String outcome, JsonObject payload) {
    home.stack()
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
                new Correlation(workflowId, "", ""),
                payload));
  }

  private static Path bundle(BundleSubject subject, String name) throws IOException {
    return bundle(subject, name, signed);
  }

  private static Path bundle(BundleSubject subject, String name, SignedNote note)
      throws IOException {
    Path out = folder.resolve(name + ".zip");
    new Bundler(
            home.ledger(),
            home.stack().storage().lookups(Home.LEDGER),
            Ledgers.tiles(home.stack().storage().dataSource(), Home.LEDGER),
            home.registry())
        .write(subject, note, key, out, _ -> {});
    return out;
  }

  private static List<StoredEntry> entries(LogFilter filter) {
    return home.ledger().log(filter);
  }

  private static BundleCopies copy(Path bundle) throws IOException {
    return BundleCopies.of(bundle);
  }

  private static void expect(String name, BundleCopies copy, BundleIssue.Kind kind)
      throws IOException {
    BundleReport report = check(name, copy.write(folder.resolve(name + ".zip")));
    assertThat(report.status()).as("%s: %s", name, report).isEqualTo(Status.TAMPERED);
    assertThat(kinds(report)).as("%s: %s", name, report).contains(kind);
  }

  private static void expectMissing(String name, BundleCopies copy, String what)
      throws IOException {
    BundleReport report = check(name, copy.write(folder.resolve(name + ".zip")));
    assertThat(report.status()).as("%s: %s", name, report).isEqualTo(Status.INDETERMINATE);
    assertThat(report.missing()).anyMatch(line -> line.contains(what));
  }

  private static BundleReport check(String name, Path bundle) throws IOException {
    BundleReport report = BundleVerifier.verify(bundle, Optional.of(key));
    int exit =
        switch (report.status()) {
          case INTACT -> 0;
          case INDETERMINATE -> 3;
          case TAMPERED -> 4;
        };
    String kinds =
        String.join(
            ",", new TreeSet<>(kinds(report).stream().map(BundleIssue.Kind::name).toList()));
    EXPECTED.add(bundle.getFileName() + "\t" + exit + "\t" + kinds);
    return report;
  }

  private static List<BundleIssue.Kind> kinds(BundleReport report) {
    return report.issues().stream().map(BundleIssue::kind).toList();
  }

  /**
   * The line with another outcome in its entry: same length, so that nothing else gives it away.
   */
  private static String reEncoded(String line) {
    String start = line.substring(0, line.indexOf("\"entry\":\"") + 9);
    String rest = line.substring(start.length());
    byte[] entry = Base64.getDecoder().decode(rest.substring(0, rest.indexOf('"')));
    String text = new String(entry, StandardCharsets.ISO_8859_1);
    byte[] changed =
        (text.substring(0, 15) + text.substring(15).replace("assay/", "Assay/"))
            .getBytes(StandardCharsets.ISO_8859_1);
    return start + Base64.getEncoder().encodeToString(changed) + rest.substring(rest.indexOf('"'));
  }
}
