package dev.assay.activities.verify;

import dev.assay.activities.cases.PolicySource;
import dev.assay.activities.trust.TrustHistory;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.CaseEntries;
import dev.assay.ledger.verify.CaseReport;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.model.digest.Sha256;
import dev.assay.model.text.Count;
import dev.assay.registry.Registry;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Follows every case and every change of who is trusted from its beginning: whether each step was
 * allowed where it stands, and whether people signed what took people's signatures. Whoever can
 * append, and has the log's key, can't make that up. Holds one case at a time; used once.
 */
public final class CaseVerification {
  private static final Pattern KEY = Pattern.compile("case/([^/]+)/(?:opened|[1-9][0-9]*)");

  private static final Issue NOBODY =
      new Issue(
          IssueKind.TRUST_BROKEN,
          -1,
          -1,
          "a first Trust document is trusted here, and the ledger has no entry of any",
          "if it was pinned in this ledger, its entry trust/0 is lost: restore a backup that has it. Else leave out --trust, or pin the document ('assay trust pin FILE')");

  private final DataSource dataSource;
  private final CaseEvidence evidence;
  private final CaseFindings findings = new CaseFindings();
  private Optional<VerifiedCase> current = Optional.empty();
  private long cases;

  /**
   * @param dataSource room for two connections
   * @param ledger the same that {@code dataSource} has
   * @param pinned the first Trust document that the verifier trusts, if any
   */
  public CaseVerification(
      DataSource dataSource,
      LedgerReader ledger,
      Registry registry,
      PolicySource policies,
      Optional<Sha256> pinned) {
    this(dataSource, ledger, registry, policies, pinned, TrustHistory.JUDGED_BEFORE);
  }

  CaseVerification(
      DataSource dataSource,
      LedgerReader ledger,
      Registry registry,
      PolicySource policies,
      Optional<Sha256> pinned,
      Duration judgedBefore) {
    this.dataSource = dataSource;
    String origin = ledger.head().origin();
    this.evidence =
        new CaseEvidence(
            new CaseVerdicts(ledger),
            registry,
            policies,
            origin,
            new TrustHistory(origin, pinned, registry.documents(), judgedBefore));
  }

  /**
   * Follows them.
   *
   * @param verified what was found of the ledger: its entries up to that size are looked at
   */
  public CaseReport run(VerifyReport verified) {
    CaseEntries.read(dataSource, verified.ledger(), verified.size(), this::take);
    TrustHistory trust = evidence.trust();
    if (trust.entries() > 0 && !trust.pinned()) {
      findings.unread(
          findings.firstOfTrust(),
          verified.size() - 1,
          "%s not checked, nor who was trusted: no first Trust document is pinned here. Give it with --trust FILE, or pin it ('assay trust pin FILE')"
              .formatted(decisions()));
    } else if (trust.entries() == 0 && trust.pinned()) {
      findings.issue(NOBODY);
    } else if (findings.unjudged() > 0) {
      findings.unread(
          findings.firstUnjudged(),
          verified.size() - 1,
          "%s not checked: who was trusted can't be told any more".formatted(decisions()));
    }
    return findings.report(cases, trust.holding());
  }

  private String decisions() {
    return Count.of(findings.unjudged(), "decision", "decisions");
  }

  /** Whom the entries before a size trust, if that can be told. */
  public TrustHistory trust() {
    return evidence.trust();
  }

  private void take(StoredEntry entry) {
    if (ofTrust(entry)) {
      findings.trust(entry);
      evidence
          .trust()
          .add(entry)
          .ifPresent(why -> findings.issue(IssueKind.TRUST_BROKEN, entry, why));
      return;
    }
    Matcher key = KEY.matcher(entry.key());
    if (!key.matches()) {
      findings.issue(
          IssueKind.CASE_IMPOSSIBLE,
          entry,
          "a %s under the key %s, which no entry of a case has"
              .formatted(entry.kind(), entry.key()));
      return;
    }
    if (current.filter(one -> one.id().equals(key.group(1))).isEmpty()) {
      current = Optional.of(new VerifiedCase(key.group(1), evidence, findings));
      cases++;
    }
    current.orElseThrow().add(entry);
  }

  private static boolean ofTrust(StoredEntry entry) {
    return switch (entry.kind()) {
      case EntryKind.TRUST_PINNED, EntryKind.TRUST_CHANGED, EntryKind.KEY_REVOKED -> true;
      default -> entry.key().startsWith("trust/");
    };
  }
}
