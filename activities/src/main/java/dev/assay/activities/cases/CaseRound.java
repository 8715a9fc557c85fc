package dev.assay.activities.cases;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.NewEntry;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseRules;
import dev.assay.model.cases.CaseRuling;
import dev.assay.registry.CaseRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something done to many cases at once, as {@link CaseDesk#act} does it to one: records are read,
 * entries appended and rows written together. Where somebody else was faster, the desk does it.
 */
final class CaseRound {
  private final CaseServices services;
  private final String ledger;
  private final CaseDesk desk;

  CaseRound(CaseServices services, String ledger) {
    this.services = services;
    this.ledger = ledger;
    this.desk = new CaseDesk(services, ledger);
  }

  /**
   * What is wanted of one case.
   *
   * @param command an id that means this and nothing else
   */
  record Wanted(String command, CaseCommand what) {}

  /** What follows in a case, and the entry of it. */
  private record Next(Wanted wanted, CaseFile file, NewEntry entry) {
    String caseId() {
      return file.opened().caseId();
    }
  }

  /**
   * Does to each case what it allows, unless it is on record already. Safe to repeat.
   *
   * @param wanted by case id; at most {@link dev.assay.registry.Registry#BATCH}
   */
  void act(SortedMap<String, Wanted> wanted) {
    Instant now = services.clock().instant();
    Map<String, RecordedCase> records =
        new CaseLedger(services.readers().apply(ledger)).readAll(wanted.keySet());
    SortedMap<String, CaseRow.Standing> rows = new TreeMap<>();
    List<Next> following = new ArrayList<>();
    wanted.forEach(
        (caseId, each) -> {
          RecordedCase found = Objects.requireNonNull(records.get(caseId), caseId);
          next(found.file(), each, desk.atLeast(now))
              .ifPresentOrElse(following::add, () -> rows.put(caseId, desk.standing(found)));
        });
    List<Next> lost = append(following, rows);
    services.registry().cases().stand(rows);
    lost.forEach(
        next -> desk.act(next.caseId(), next.wanted().command(), next.wanted().what(), now));
  }

  /** Appends; those that somebody else's transition kept out. */
  private List<Next> append(List<Next> following, SortedMap<String, CaseRow.Standing> rows) {
    List<AppendOutcome> outcomes =
        services.ledgers().ledger(ledger).appendEach(following.stream().map(Next::entry).toList());
    List<Next> lost = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Next next = following.get(i);
      switch (outcomes.get(i)) {
        case AppendOutcome.Recorded(var receipt) ->
            rows.put(next.caseId(), desk.standing(new RecordedCase(next.file(), receipt.index())));
        case AppendOutcome.Conflicted _ -> lost.add(next);
      }
    }
    return lost;
  }

  /** Nothing, if it is on record or isn't allowed. */
  private Optional<Next> next(CaseFile file, Wanted wanted, Instant at) {
    if (file.commands().contains(wanted.command())) {
      return Optional.empty();
    }
    return switch (new CaseRules(file, desk.policy(file), at).rule(wanted.what())) {
      case CaseRuling.Refused _ -> Optional.empty();
      case CaseRuling.Allowed(CaseEvent event) -> {
        CaseFile next = CaseDesk.after(file, event, wanted.command(), at);
        yield Optional.of(
            new Next(wanted, next, CaseDesk.entry(next, event, wanted.command(), at)));
      }
    };
  }
}
