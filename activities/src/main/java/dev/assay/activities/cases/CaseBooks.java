package dev.assay.activities.cases;

import dev.assay.model.cases.CaseCommand;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
   * What concerns the cases of a run.
   *
   * @param command an id that means this and nothing else
   */
  public record News(RunIdentity run, String command, CaseCommand wanted) {}

  /**
   * Does something to the case of each run and policy that allows it, in the order given. Safe to
   * repeat.
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
    List<CaseRow> concerned = concerned(cases);
    for (int from = 0; from < concerned.size(); from += Registry.BATCH) {
      SortedMap<String, CaseRound.Wanted> wanted = new TreeMap<>();
      for (CaseRow row :
          concerned.subList(from, Math.min(concerned.size(), from + Registry.BATCH))) {
        News told = Objects.requireNonNull(news.get(row.identity()), row.id());
        wanted.put(row.id(), new CaseRound.Wanted(told.command(), told.wanted()));
      }
      new CaseRound(services, ledger).act(wanted);
    }
    return !cases.isEmpty();
  }

  /**
   * Of a run's cases by one policy the one that isn't closed, else the latest: two that are open
   * would be two places to decide one thing.
   *
   * @param cases in the order they were opened
   */
  private static List<CaseRow> concerned(List<CaseRow> cases) {
    Map<Subject, CaseRow> found = new LinkedHashMap<>();
    for (CaseRow row : cases) {
      found.merge(
          new Subject(row.identity(), row.policyName()),
          row,
          (before, next) -> before.now().state().closed() ? next : before);
    }
    return List.copyOf(found.values());
  }

  /** This run, this policy. */
  private record Subject(RunIdentity run, String policyName) {}
}
