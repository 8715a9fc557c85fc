package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.worker.bundle.BundleException;
import dev.assay.worker.bundle.BundleIssue;
import dev.assay.worker.bundle.BundleReport;
import dev.assay.worker.bundle.BundleReport.Status;
import dev.assay.worker.bundle.BundleSubject;
import dev.assay.worker.bundle.BundleVerifier;
import dev.assay.worker.bundle.Bundler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A validated home, bundles of it, and what checking others found. With the system property {@code
 * assay.bundles.out} these are left in that folder, each with a line in {@code expected.tsv}, for a
 * second verifier to agree.
 */
final class Bundles implements AutoCloseable {
  private static final Optional<Path> OUT =
      Optional.ofNullable(System.getProperty("assay.bundles.out"))
          .filter(name -> !name.isEmpty())
          .map(Path::of);

  private final Path scratch;
  private final Path folder;
  private final Home home;
  private final VerifierKey key;
  private final SignedNote note;
  private final String workflowId;
  private final String runId;
  private final Path workflow;
  private final Path run;

  private Bundles(Path scratch) throws Exception {
    this.scratch = scratch;
    folder = Files.createDirectories(OUT.orElse(scratch.resolve("bundles")));
    Files.deleteIfExists(folder.resolve("expected.tsv"));
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
    note = end.note();
    key = end.key();
    workflow = write(new BundleSubject.Workflow(workflowId), "workflow", note);
    run = write(new BundleSubject.Run(runId), "run", note);
    Files.writeString(folder.resolve("ledger.vkey"), key + "\n");
  }

  /** Validates, in a folder of its own. */
  static Bundles make(Path scratch) throws Exception {
    return new Bundles(scratch);
  }

  Home home() {
    return home;
  }

  Path scratch() {
    return scratch;
  }

  VerifierKey key() {
    return key;
  }

  /** What the good bundles are proven under. */
  SignedNote note() {
    return note;
  }

  String workflowId() {
    return workflowId;
  }

  String runId() {
    return runId;
  }

  Path workflowFile() {
    return workflow;
  }

  Path runFile() {
    return run;
  }

  /** The good bundle of the workflow, to be damaged. */
  BundleCopies workflow() throws IOException {
    return BundleCopies.of(workflow);
  }

  /** The good bundle of the run, to be damaged. */
  BundleCopies run() throws IOException {
    return BundleCopies.of(run);
  }

  /** Where a bundle of this name is, or goes. */
  Path file(String name) {
    return folder.resolve(name + ".zip");
  }

  Path write(BundleSubject subject, String name, SignedNote under) throws IOException {
    Path out = file(name);
    new Bundler(
            home.ledger(),
            home.stack().storage().lookups(Home.LEDGER),
            Ledgers.tiles(home.stack().storage().dataSource(), Home.LEDGER),
            home.registry())
        .write(subject, under, key, out, _ -> {});
    return out;
  }

  List<StoredEntry> entries(LogFilter filter) {
    return home.ledger().log(filter);
  }

  void expectIntact(String name, BundleCopies copy) throws IOException {
    BundleReport report = check(copy.write(file(name)));
    assertThat(report.status()).as("%s: %s", name, report).isEqualTo(Status.INTACT);
  }

  void expect(String name, BundleCopies copy, BundleIssue.Kind kind) throws IOException {
    expect(copy.write(file(name)), kind);
  }

  void expect(String name, byte[] zip, BundleIssue.Kind kind) throws IOException {
    expect(Files.write(file(name), zip), kind);
  }

  private void expect(Path bundle, BundleIssue.Kind kind) throws IOException {
    BundleReport report = check(bundle);
    assertThat(report.status()).as("%s: %s", bundle, report).isEqualTo(Status.TAMPERED);
    assertThat(kinds(report)).as("%s: %s", bundle, report).contains(kind);
  }

  void expectMissing(String name, BundleCopies copy, String what) throws IOException {
    BundleReport report = check(copy.write(file(name)));
    assertThat(report.status()).as("%s: %s", name, report).isEqualTo(Status.INDETERMINATE);
    assertThat(report.missing()).anyMatch(line -> line.contains(what));
  }

  void expectNoBundle(String name, BundleCopies copy) throws IOException {
    expectNoBundle(copy.write(file(name)));
  }

  void expectNoBundle(String name, byte[] zip) throws IOException {
    expectNoBundle(Files.write(file(name), zip));
  }

  private void expectNoBundle(Path bundle) throws IOException {
    record(bundle, "2");
    assertThatThrownBy(() -> BundleVerifier.verify(bundle, Optional.of(key)))
        .as("%s", bundle)
        .isInstanceOf(BundleException.class);
  }

  /** As {@link #expectWith}, of the good bundle of the run. */
  void expectKey(String name, String text, int exit) throws IOException {
    expectWith(name, Files.readAllBytes(run), text, exit);
  }

  /**
   * Checks a bundle with what somebody gives as the ledger's key; the second verifier gets it as a
   * file of the bundle's name that ends with {@code .vkey}.
   *
   * @param exit 2 for no key of the ledger, 4 for the key of someone else
   */
  void expectWith(String name, byte[] zip, String text, int exit) throws IOException {
    Path bundle = Files.write(file(name), zip);
    Files.writeString(folder.resolve(name + ".zip.vkey"), text);
    int found;
    String kinds = "";
    try {
      BundleReport report = BundleVerifier.verify(bundle, Optional.of(VerifierKey.parse(text)));
      found = exit(report);
      kinds = report.issues().isEmpty() ? "" : kinds(report).getFirst().name();
    } catch (NoteException | BundleException _) {
      found = 2;
    }
    record(bundle, found + "\t" + kinds);
    assertThat(found).as(name).isEqualTo(exit);
  }

  /** What checking it finds, and the second verifier has to; empty if it is no bundle. */
  Optional<Status> look(String name, byte[] zip) throws IOException {
    Path bundle = Files.write(file(name), zip);
    try {
      return Optional.of(check(bundle).status());
    } catch (BundleException _) {
      record(bundle, "2");
      return Optional.empty();
    }
  }

  /** Checks, and has the second verifier find the same. */
  BundleReport check(Path bundle) throws IOException {
    BundleReport report = BundleVerifier.verify(bundle, Optional.of(key));
    String kinds =
        String.join(
            ",", new TreeSet<>(kinds(report).stream().map(BundleIssue.Kind::name).toList()));
    record(bundle, exit(report) + "\t" + kinds);
    return report;
  }

  private static int exit(BundleReport report) {
    return switch (report.status()) {
      case INTACT -> 0;
      case INDETERMINATE -> 3;
      case TAMPERED -> 4;
    };
  }

  static List<BundleIssue.Kind> kinds(BundleReport report) {
    return report.issues().stream().map(BundleIssue::kind).toList();
  }

  private void record(Path bundle, String found) throws IOException {
    Files.writeString(
        folder.resolve("expected.tsv"),
        bundle.getFileName() + "\t" + found + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    home.close();
  }
}
