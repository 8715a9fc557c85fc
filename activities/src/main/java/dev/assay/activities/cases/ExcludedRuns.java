package dev.assay.activities.cases;

import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEntryReader;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseEvent.Remediating;
import dev.assay.model.cases.Exclusion;
import dev.assay.model.cases.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which runs of a ledger take no part in comparisons, because a case excludes them. */
public final class ExcludedRuns {
  private static final String KIND = "case.remediating";

  private final LedgerReader reader;

  public ExcludedRuns(LedgerReader reader) {
    this.reader = reader;
  }

  /** Ids of the cases that exclude a run, by the run as entries name it. */
  public SortedMap<String, SortedSet<String>> byRun() {
    SortedMap<String, SortedSet<String>> excluded = new TreeMap<>();
    for (String caseId : candidates()) {
      List<CaseEvent> events = new ArrayList<>();
      RecordedCase found =
          new CaseLedger(reader)
              .read(
                  caseId,
                  (ordinal, entry) -> {
                    if (ordinal > 0) {
                      events.add(event(entry));
                    }
                  });
      if (Exclusion.stands(events)) {
        excluded.computeIfAbsent(found.file().opened().run(), _ -> new TreeSet<>()).add(caseId);
      }
    }
    return excluded;
  }

  /** Cases that ever excluded their run. */
  private SortedSet<String> candidates() {
    SortedSet<String> cases = new TreeSet<>();
    LogFilter filter = LogFilter.ALL.withKind(KIND);
    for (List<StoredEntry> page = reader.log(filter);
        !page.isEmpty();
        page = reader.log(filter.after(page.getLast()))) {
      for (StoredEntry entry : page) {
        if (event(entry) instanceof Remediating(Remedy remedy)
            && remedy.kind() == Remedy.Kind.EXCLUDE) {
          cases.add(entry.subject());
        }
      }
    }
    return cases;
  }

  private static CaseEvent event(StoredEntry entry) {
    return CaseEntryReader.event(new CaseEntry(entry.kind(), entry.payload()));
  }
}
