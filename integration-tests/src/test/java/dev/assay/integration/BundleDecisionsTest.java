package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.Envelope;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.PublicKeys;
import dev.assay.evidence.SigningKey;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseCodec;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.Wish;
import dev.assay.model.decision.DecisionAction;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.bundle.BundleIssue;
import dev.assay.worker.bundle.BundleReport;
import dev.assay.worker.bundle.BundleReport.Status;
import dev.assay.worker.bundle.BundleSubject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles of runs about which people decided, and of some where nobody did. */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleDecisionsTest {
  private static final SigningKey ANN = SigningKey.generate(KeyType.ED25519);
  private static final SigningKey STRANGER = SigningKey.generate(KeyType.ED25519);
  private static final Instant UNTIL = Instant.parse("2026-12-31T12:00:00.123456789Z");

  private final Bundles bundles;

  BundleDecisionsTest(Bundles bundles) {
    this.bundles = bundles;
  }

  @Test
  void verify_decisions_areThereWithWhatWasSignedAndRequired() throws Exception {
    Iterator<StoredEntry> cases = cases();
    StoredEntry opened = cases.next();
    DecisionStatement statement = propose(opened);
    Sha256 envelope = decide(opened, statement, ANN, ANN, it -> it);
    Path bundle = bundle(opened, "decided");

    BundleReport report = bundles.check(bundle);
    assertThat(report.status()).as("%s", report).isEqualTo(Status.INTACT);
    String document = "documents/%s.json".formatted(envelope);
    assertThat(BundleCopies.of(bundle).names()).contains(document);
    bundles.expectMissing(
        "decided-without-envelope",
        BundleCopies.of(bundle).remove(document).listed(),
        "(envelopeDigest of entry");
    bundles.expectMissing(
        "decided-without-proposal", withoutProposal(bundle), "(proposal of entry");
  }

  @Test
  void verify_decisionsThatTheKeyDidNotMake_areNamed() throws Exception {
    forged("decided-by-another", STRANGER, it -> it);
    forged(
        "decided-elsewhere",
        ANN,
        it -> with(it, "assay/main/elsewhere", it.subject(), it.ordinal(), it.until()));
    forged(
        "decided-otherwise", ANN, it -> with(it, it.ledger(), "case/c", it.ordinal(), it.until()));
    forged(
        "decided-earlier",
        ANN,
        it -> with(it, it.ledger(), it.subject(), it.ordinal() + 1, it.until()));
    forged(
        "decided-for-longer",
        ANN,
        it ->
            with(it, it.ledger(), it.subject(), it.ordinal(), Optional.of(UNTIL.plusNanos(1_000))));
  }

  private void forged(String name, SigningKey by, UnaryOperator<DecisionStatement> instead)
      throws Exception {
    StoredEntry opened = cases().next();
    decide(opened, propose(opened), by, ANN, instead);
    bundles.expect(
        name, BundleCopies.of(bundle(opened, name)), BundleIssue.Kind.DECISION_UNSUPPORTED);
  }

  /** Those about which nothing happened yet. */
  private Iterator<StoredEntry> cases() {
    return bundles.entries(LogFilter.ALL.withKind(EntryKind.CASE_OPENED)).stream()
        .filter(
            opened ->
                bundles
                    .home()
                    .ledger()
                    .entryByKey("case/%s/1".formatted(opened.subject()))
                    .isEmpty())
        .filter(opened -> !run(opened).equals(bundles.runId()))
        .iterator();
  }

  private DecisionStatement propose(StoredEntry opened) {
    Sha256 revision = new Sha256(text(opened, "runDigest"));
    append(
        opened,
        1,
        "assay/quarantine",
        new CaseEvent.Proposed(
            new Wish.Waiver(UNTIL, Optional.empty()),
            revision,
            UNTIL,
            new TreeMap<>(Map.of("risk", 2))));
    return new DecisionStatement(
        bundles.home().ledger().head().origin(),
        "case/" + opened.subject(),
        revision,
        1,
        DecisionAction.WAIVE,
        true,
        Optional.of(UNTIL),
        UNTIL);
  }

  /** An entry in one's name, with what another signed; the envelope's digest. */
  private Sha256 decide(
      StoredEntry opened,
      DecisionStatement right,
      SigningKey by,
      SigningKey named,
      UnaryOperator<DecisionStatement> instead) {
    byte[] signed = Envelope.sign(instead.apply(right).statement(), by).encode();
    byte[] envelope =
        new String(signed, StandardCharsets.UTF_8)
            .replace(PublicKeys.of(by).text(), PublicKeys.of(named).text())
            .getBytes(StandardCharsets.UTF_8);
    Sha256 digest = bundles.home().registry().documents().save("Envelope", envelope);
    append(
        opened,
        2,
        PublicKeys.of(named).text(),
        new CaseEvent.Decided(
            1,
            true,
            "p-ann",
            PublicKeys.of(named).text(),
            List.of("risk"),
            digest,
            Sha256.of("trust".getBytes(StandardCharsets.UTF_8))));
    return digest;
  }

  private void append(StoredEntry opened, int ordinal, String actor, CaseEvent event) {
    CaseEntry entry = CaseCodec.write(event, "c-" + ordinal);
    bundles
        .home()
        .stack()
        .storage()
        .ledger(Home.LEDGER)
        .append(
            new NewEntry(
                "case/%s/%d".formatted(opened.subject(), ordinal),
                entry.kind(),
                actor,
                opened.subject(),
                opened.outcome(),
                Instant.now(),
                new Correlation("case/" + opened.subject(), "", ""),
                entry.payload()));
  }

  private Path bundle(StoredEntry opened, String name) throws Exception {
    return bundles.write(
        new BundleSubject.Run(run(opened)),
        name,
        bundles.home().stack().storage().signEnd(Home.LEDGER).note());
  }

  private static BundleCopies withoutProposal(Path bundle) throws Exception {
    BundleCopies copy = BundleCopies.of(bundle);
    List<String> lines = copy.lines("entries.jsonl");
    int before = lines.size();
    lines.removeIf(
        line ->
            new String(
                    Base64.getDecoder()
                        .decode(line.replaceFirst(".*\"entry\":\"([^\"]*)\".*", "$1")),
                    StandardCharsets.ISO_8859_1)
                .contains("case.proposed"));
    assertThat(lines).hasSize(before - 1);
    copy.putLines("entries.jsonl", lines);
    return copy.put(
            BundleCopies.MANIFEST,
            CanonicalJson.encode(copy.json(BundleCopies.MANIFEST).with("entries", lines.size())))
        .listed();
  }

  private static String run(StoredEntry opened) {
    return text(opened, "run");
  }

  private static String text(StoredEntry entry, String member) {
    return ((JsonString) entry.payload().members().get(member)).value();
  }

  private static DecisionStatement with(
      DecisionStatement it, String ledger, String subject, long ordinal, Optional<Instant> until) {
    return new DecisionStatement(
        ledger, subject, it.digest(), ordinal, it.action(), true, until, it.expires());
  }
}
