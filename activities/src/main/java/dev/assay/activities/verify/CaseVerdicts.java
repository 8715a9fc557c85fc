package dev.assay.activities.verify;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseEvent.Judged;
import dev.assay.model.cases.CaseEvent.Revalidating;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseOpened;
import dev.assay.model.cases.CaseRecordException;
import dev.assay.model.cases.CaseState;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.policy.OnFail;
import dev.assay.model.verdict.RunVerdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what cases say of validations is what these recorded, earlier in the ledger. Used by one
 * thread.
 */
final class CaseVerdicts {
  private static final int MAX_KEPT = 100;

  private final LedgerReader ledger;

  /** Where validations were planned or sealed, by key: one opens many cases. */
  private final Map<String, Optional<StoredEntry>> kept =
      new LinkedHashMap<>(MAX_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<StoredEntry>> eldest) {
          return size() > MAX_KEPT;
        }
      };

  CaseVerdicts(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** The state that a policy has cases opened in. */
  static void requireState(CaseOpened opened, OnFail onFail) {
    CaseState wanted = onFail == OnFail.REJECT ? CaseState.REJECTED : CaseState.OPEN;
    if (opened.state() != wanted) {
      throw new CaseRecordException(
          "case %s was opened as %s; its policy has it %s"
              .formatted(opened.caseId(), opened.state(), wanted));
    }
  }

  /** The verdict that opened a case, and the policy by which it was found. */
  void requireOpening(CaseOpened opened, StoredEntry entry) {
    long index =
        entry.payload().members().get("verdictIndex") instanceof JsonNumber(double number)
            ? (long) number
            : -1;
    Optional<StoredEntry> verdict =
        index < 0 || index >= entry.index() ? Optional.empty() : ledger.entry(index);
    requireVerdict(
        "case %s was opened for a verdict in entry %d".formatted(opened.caseId(), index),
        verdict.filter(one -> one.correlation().workflowId().equals(opened.workflowId())),
        opened.run(),
        opened.runDigest(),
        opened.verdict());
    requirePolicy(opened.workflowId(), "planned", opened.policyDigest(), entry);
  }

  /** What a revalidation came to. */
  void requireJudged(CaseFile before, Judged judged, StoredEntry entry) {
    if (judged.verdict().isEmpty()) {
      return; // it lets nothing through
    }
    Revalidating asked =
        before
            .unjudged()
            .filter(one -> one.workflowId().equals(judged.workflowId()))
            .orElseThrow(
                () ->
                    new CaseRecordException(
                        "%s judged, and nobody asked it to".formatted(judged.workflowId())));
    requireVerdict(
        "%s is said to have judged".formatted(judged.workflowId()),
        ledger
            .entryByKey(judged.workflowId() + "/verdict/0")
            .filter(one -> one.index() < entry.index()),
        before.opened().run(),
        asked.runDigest(),
        judged.verdict().get());
    requirePolicy(judged.workflowId(), "sealed", asked.policyDigest(), entry);
  }

  private static void requireVerdict(
      String what, Optional<StoredEntry> found, String run, Sha256 runDigest, RunVerdict verdict) {
    if (found
        .filter(one -> one.kind().equals(EntryKind.RUN_VERDICT))
        .filter(one -> one.subject().equals(run))
        .filter(one -> one.outcome().equals(verdict.name()))
        .filter(one -> has(one, "runDigest", runDigest))
        .isEmpty()) {
      throw new CaseRecordException(
          "%s: no earlier entry has the verdict %s of %s, revision %s"
              .formatted(what, verdict, run, runDigest.abbreviated()));
    }
  }

  private void requirePolicy(
      String workflowId, String step, Sha256 policyDigest, StoredEntry entry) {
    if (kept.computeIfAbsent(workflowId + "/" + step, ledger::entryByKey)
        .filter(one -> one.index() < entry.index())
        .filter(one -> one.kind().equals("validation." + step))
        .filter(one -> has(one, "policyDigest", policyDigest))
        .isEmpty()) {
      throw new CaseRecordException(
          "no earlier entry says that %s was %s with the policy %s"
              .formatted(workflowId, step, policyDigest.abbreviated()));
    }
  }

  private static boolean has(StoredEntry entry, String member, Sha256 digest) {
    JsonValue wanted = new JsonString(digest.hex());
    return wanted.equals(entry.payload().members().get(member));
  }
}
