package dev.assay.activities.cases;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEntryReader;
import dev.assay.model.cases.CaseFold;
import dev.assay.model.cases.CaseRecordException;
import dev.assay.model.cases.CaseRules;
import dev.assay.model.decision.Refusal;
import dev.assay.model.digest.Sha256;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Reads cases from a ledger: their keys say which entries they are, one after the other. */
public final class CaseLedger {
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
    StoredEntry last = reader.entryByKey(openedKey(caseId)).orElseThrow(() -> noCase(caseId));
    visitor.entry(0, last);
    CaseFold fold = begin(caseId, last);
    for (int ordinal = 1; ordinal <= CaseRules.MAX_TRANSITIONS; ordinal++) {
      Optional<StoredEntry> next = reader.entryByKey(key(caseId, ordinal));
      if (next.isEmpty()) {
        break;
      }
      last = next.get();
      add(fold, last);
      visitor.entry(ordinal, last);
    }
    return new RecordedCase(fold.file(), last.index());
  }

  /**
   * Several cases as they are on record, by id: as many questions as the longest has transitions.
   *
   * @param caseIds at most {@link LedgerReader#MAX_KEYS}
   * @throws CaseRecordException if one isn't there, or its entries can't be one
   */
  public SortedMap<String, RecordedCase> readAll(Collection<String> caseIds) {
    Map<String, StoredEntry> openings = entries(caseIds, CaseLedger::openedKey);
    SortedMap<String, Reading> readings = new TreeMap<>();
    for (String caseId : caseIds) {
      StoredEntry opened =
          Optional.ofNullable(openings.get(caseId)).orElseThrow(() -> noCase(caseId));
      readings.put(caseId, new Reading(begin(caseId, opened), opened));
    }
    Map<String, Reading> longer = readings;
    for (int ordinal = 1; ordinal <= CaseRules.MAX_TRANSITIONS && !longer.isEmpty(); ordinal++) {
      longer = goOn(longer, ordinal);
    }
    SortedMap<String, RecordedCase> found = new TreeMap<>();
    readings.forEach((caseId, reading) -> found.put(caseId, reading.recorded()));
    return found;
  }

  /** Reads one more transition of each; those that have it. */
  private Map<String, Reading> goOn(Map<String, Reading> readings, int ordinal) {
    Map<String, StoredEntry> entries = entries(readings.keySet(), caseId -> key(caseId, ordinal));
    Map<String, Reading> longer = new HashMap<>();
    readings.forEach(
        (caseId, reading) ->
            Optional.ofNullable(entries.get(caseId))
                .ifPresent(
                    entry -> {
                      reading.add(entry);
                      longer.put(caseId, reading);
                    }));
    return longer;
  }

  /** A case as far as it was read. */
  private static final class Reading {
    private final CaseFold fold;
    private StoredEntry last;

    Reading(CaseFold fold, StoredEntry last) {
      this.fold = fold;
      this.last = last;
    }

    void add(StoredEntry next) {
      CaseLedger.add(fold, next);
      last = next;
    }

    RecordedCase recorded() {
      return new RecordedCase(fold.file(), last.index());
    }
  }

  /** The entries of these cases under a key of each, by case. */
  private Map<String, StoredEntry> entries(
      Collection<String> caseIds, UnaryOperator<String> keyOf) {
    Map<String, String> cases = new HashMap<>();
    caseIds.forEach(caseId -> cases.put(keyOf.apply(caseId), caseId));
    Map<String, StoredEntry> entries = new HashMap<>();
    reader
        .entriesByKeys(List.copyOf(cases.keySet()))
        .forEach(entry -> entries.put(cases.get(entry.key()), entry));
    return entries;
  }

  private CaseRecordException noCase(String caseId) {
    return new CaseRecordException("ledger %s has no case %s".formatted(reader.name(), caseId));
  }

  private static CaseFold begin(String caseId, StoredEntry opened) {
    return new CaseFold(
        CaseEntryReader.opened(
            caseId,
            opened.outcome(),
            opened.correlation().workflowId(),
            opened.occurred(),
            opened.payload()));
  }

  private static void add(CaseFold fold, StoredEntry next) {
    CaseEntry entry = new CaseEntry(next.kind(), next.payload());
    fold.add(CaseEntryReader.event(entry), CaseEntryReader.command(entry), next.occurred());
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
