package dev.assay.activities.cases;

import dev.assay.model.cases.CaseCommand;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** All cases of runs, for what concerns each of them. */
public final class CaseBooks {
  private final CaseServices services;
  private final CaseWorkflows workflows;

  public CaseBooks(CaseServices services, CaseWorkflows workflows) {
    this.services = services;
    this.workflows = workflows;
  }

  /** Cases were opened, or may have been: somebody has to start their workflows. */
  public void opened(String ledger) {
    workflows.opened(ledger);
  }

  /**
   * What concerns every case of a run.
   *
   * @param command an id that means this and nothing else
   */
  public record News(RunIdentity run, String command, CaseCommand wanted) {}

  /**
   * Does something to every case of runs that allows it, in the order given. Safe to repeat.
   *
   * @param news at most {@link Registry#BATCH}
   */
  public void tellAll(String ledger, List<News> news) {
    List<Map<RunIdentity, News>> rounds = new ArrayList<>();
    Map<RunIdentity, Integer> told = new HashMap<>();
    for (News each : news) {
      int round = told.merge(each.run(), 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new HashMap<>());
      }
      rounds.get(round).put(each.run(), each);
    }
    boolean any = false;
    for (Map<RunIdentity, News> round : rounds) {
      any |= tell(ledger, round);
    }
    if (any) {
      workflows.opened(ledger); // one that was closed may be open again
    }
  }

  /** Whether there are cases of any. */
  private boolean tell(String ledger, Map<RunIdentity, News> news) {
    List<CaseRow> cases = services.registry().cases().ofRuns(ledger, List.copyOf(news.keySet()));
    for (int from = 0; from < cases.size(); from += Registry.BATCH) {
      SortedMap<String, CaseRound.Wanted> wanted = new TreeMap<>();
      for (CaseRow row : cases.subList(from, Math.min(cases.size(), from + Registry.BATCH))) {
        News told = Objects.requireNonNull(news.get(row.identity()), row.id());
        wanted.put(row.id(), new CaseRound.Wanted(told.command(), told.wanted()));
      }
      new CaseRound(services, ledger).act(wanted);
    }
    return !cases.isEmpty();
  }
}
