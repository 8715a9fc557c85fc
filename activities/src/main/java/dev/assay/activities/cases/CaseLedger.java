package dev.assay.activities.cases;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEntryReader;
import dev.assay.model.cases.CaseFold;
import dev.assay.model.cases.CaseRecordException;
import dev.assay.model.decision.Refusal;
import dev.assay.model.digest.Sha256;
import java.util.Optional;

/** Reads cases from a ledger: their keys say which entries they are, one after the other. */
public final class CaseLedger {
  /** What a case may have; people who need more reject it and open another. */
  public static final int MAX_TRANSITIONS = 2_000;

  private final LedgerReader reader;

  public CaseLedger(LedgerReader reader) {
    this.reader = reader;
  }

  /** Hears each transition's entry; the opening is 0. */
  @FunctionalInterface
  public interface Visitor {
    void entry(int ordinal, StoredEntry entry);
  }

  /**
   * The case as it is on record.
   *
   * @throws CaseRecordException if there is no such case, or its entries can't be one
   */
  public RecordedCase read(String caseId) {
    return read(caseId, (_, _) -> {});
  }

  /** As {@link #read(String)}, telling each entry. */
  public RecordedCase read(String caseId, Visitor visitor) {
    StoredEntry last =
        reader
            .entryByKey(openedKey(caseId))
            .orElseThrow(
                () ->
                    new CaseRecordException(
                        "ledger %s has no case %s".formatted(reader.name(), caseId)));
    visitor.entry(0, last);
    CaseFold fold =
        new CaseFold(
            CaseEntryReader.opened(
                caseId,
                last.outcome(),
                last.correlation().workflowId(),
                last.occurred(),
                last.payload()));
    for (int ordinal = 1; ordinal <= MAX_TRANSITIONS; ordinal++) {
      Optional<StoredEntry> next = reader.entryByKey(key(caseId, ordinal));
      if (next.isEmpty()) {
        break;
      }
      last = next.get();
      CaseEntry entry = new CaseEntry(last.kind(), last.payload());
      fold.add(CaseEntryReader.event(entry), CaseEntryReader.command(entry), last.occurred());
      visitor.entry(ordinal, last);
    }
    return new RecordedCase(fold.file(), last.index());
  }

  static String openedKey(String caseId) {
    return "case/%s/%s".formatted(caseId, opening());
  }

  static String key(String caseId, int ordinal) {
    return "case/%s/%d".formatted(caseId, ordinal);
  }

  /** Of the entry of something signed that doesn't count; the same for the same reason once. */
  static String refusalKey(String caseId, Sha256 envelope, Refusal refusal) {
    return "decision/%s/%s/%s".formatted(caseId, envelope, refusal);
  }

  private static String opening() {
    return EntryKind.CASE_OPENED.substring("case.".length());
  }
}
