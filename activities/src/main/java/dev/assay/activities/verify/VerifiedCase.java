package dev.assay.activities.verify;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEntryReader;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseFold;
import dev.assay.model.cases.CaseOpened;
import dev.assay.model.cases.CaseRecordException;
import dev.assay.model.cases.CaseRules;
import dev.assay.model.document.DocumentException;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.EvidenceDamagedException;
import java.util.Optional;

/** One case, followed entry by entry. What comes after a step that can't be isn't looked at. */
final class VerifiedCase {
  private final String id;
  private final CaseEvidence evidence;
  private final CaseFindings findings;
  private Optional<CaseFold> fold = Optional.empty();
  private Optional<CaseSteps> steps = Optional.empty();
  private boolean ended;

  VerifiedCase(String id, CaseEvidence evidence, CaseFindings findings) {
    this.id = id;
    this.evidence = evidence;
    this.findings = findings;
  }

  String id() {
    return id;
  }

  /** The next entry in the ledger's order that has a key of this case. */
  void add(StoredEntry entry) {
    if (ended) {
      return;
    }
    try {
      requirePlace(entry);
      if (fold.isEmpty()) {
        open(entry);
      } else {
        follow(fold.get(), entry);
      }
    } catch (CaseRecordException e) {
      findings.issue(IssueKind.CASE_IMPOSSIBLE, entry, String.valueOf(e.getMessage()));
      ended = true;
    } catch (EvidenceMissingException e) {
      findings.unread(entry, "case %s: %s".formatted(id, e.getMessage()));
      ended = true;
    } catch (DocumentException e) {
      findings.issue(
          IssueKind.CASE_IMPOSSIBLE,
          entry,
          "case %s was opened by what is no policy: %s".formatted(id, e.getMessage()));
      ended = true;
    } catch (EvidenceDamagedException e) {
      findings.issue(IssueKind.EVIDENCE_EDITED, entry, String.valueOf(e.getMessage()));
      ended = true;
    }
  }

  private void requirePlace(StoredEntry entry) {
    String wanted =
        fold.map(now -> "case/%s/%d".formatted(id, now.file().ordinal() + 1))
            .orElse("case/%s/opened".formatted(id));
    if (!entry.key().equals(wanted)) {
      throw new CaseRecordException(
          "entry %s: expected next of case %s is %s".formatted(entry.key(), id, wanted));
    }
    if (!entry.subject().equals(id)) {
      throw new CaseRecordException(
          "entry %s is about case %s".formatted(entry.key(), entry.subject()));
    }
    // Whoever has read as many may have appended one more, which nobody reads.
    if (fold.filter(now -> now.file().ordinal() > CaseRules.MAX_TRANSITIONS).isPresent()) {
      throw new CaseRecordException(
          "case %s has more than %d transitions".formatted(id, CaseRules.MAX_TRANSITIONS));
    }
  }

  private void open(StoredEntry entry) {
    if (!entry.kind().equals("case.opened")) {
      throw new CaseRecordException("case %s begins with a %s".formatted(id, entry.kind()));
    }
    CaseOpened opened =
        CaseEntryReader.opened(
            id,
            entry.outcome(),
            entry.correlation().workflowId(),
            entry.occurred(),
            entry.payload());
    fold = Optional.of(new CaseFold(opened));
    evidence.verdicts().requireOpening(opened, entry);
    ValidationPolicy policy = evidence.policies().policy(opened.policyDigest());
    CaseVerdicts.requireState(opened, policy.onFail());
    steps = Optional.of(new CaseSteps(evidence, findings, policy.cases()));
  }

  private void follow(CaseFold now, StoredEntry entry) {
    CaseFile before = now.file();
    CaseEntry read = new CaseEntry(entry.kind(), entry.payload());
    CaseEvent event = CaseEntryReader.event(read);
    String command = CaseEntryReader.command(read);
    steps.orElseThrow().check(before, event, entry);
    now.add(event, command, entry.occurred());
    if (!entry.outcome().equals(now.file().state().name())) {
      throw new CaseRecordException(
          "entry %s says that the case is %s after it; it is %s"
              .formatted(entry.key(), entry.outcome(), now.file().state()));
    }
  }
}
