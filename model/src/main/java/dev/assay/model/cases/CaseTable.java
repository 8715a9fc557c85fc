package dev.assay.model.cases;

import static dev.assay.model.cases.CaseAction.APPROVE;
import static dev.assay.model.cases.CaseAction.ASSIGN;
import static dev.assay.model.cases.CaseAction.CHANGE;
import static dev.assay.model.cases.CaseAction.COMMENT;
import static dev.assay.model.cases.CaseAction.DECLINE;
import static dev.assay.model.cases.CaseAction.END_WAIVER;
import static dev.assay.model.cases.CaseAction.ESCALATE;
import static dev.assay.model.cases.CaseAction.EXPIRE;
import static dev.assay.model.cases.CaseAction.JUDGE;
import static dev.assay.model.cases.CaseAction.REJECT;
import static dev.assay.model.cases.CaseAction.RELEASE;
import static dev.assay.model.cases.CaseAction.REMEDIATE;
import static dev.assay.model.cases.CaseAction.REMIND;
import static dev.assay.model.cases.CaseAction.REOPEN;
import static dev.assay.model.cases.CaseAction.REVALIDATE;
import static dev.assay.model.cases.CaseAction.WAIVE;
import static dev.assay.model.cases.CaseState.EXPIRED;
import static dev.assay.model.cases.CaseState.OPEN;
import static dev.assay.model.cases.CaseState.REJECTED;
import static dev.assay.model.cases.CaseState.RELEASED;
import static dev.assay.model.cases.CaseState.REMEDIATING;
import static dev.assay.model.cases.CaseState.REVALIDATING;
import static dev.assay.model.cases.CaseState.TRIAGED;
import static dev.assay.model.cases.CaseState.WAIVED;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The transition table: which action is possible in which state, and where it may lead. What isn't
 * here is refused. docs/cases.md has the same table; a test compares them.
 */
public final class CaseTable {
  private static final Map<CaseState, Map<CaseAction, Set<CaseState>>> TABLE = table();

  private CaseTable() {}

  /** Where an action may lead from a state; empty if it is not possible there. */
  public static Set<CaseState> leadsTo(CaseState from, CaseAction action) {
    return TABLE.getOrDefault(from, Map.of()).getOrDefault(action, Set.of());
  }

  /** What may be done in a state, in the order of {@link CaseAction}. */
  public static List<CaseAction> possible(CaseState from) {
    return Arrays.stream(CaseAction.values())
        .filter(action -> !leadsTo(from, action).isEmpty())
        .toList();
  }

  private static Map<CaseState, Map<CaseAction, Set<CaseState>>> table() {
    Map<CaseState, Map<CaseAction, Set<CaseState>>> table = new EnumMap<>(CaseState.class);
    for (CaseState state : CaseState.values()) {
      Map<CaseAction, Set<CaseState>> row = new EnumMap<>(CaseAction.class);
      row.put(COMMENT, EnumSet.of(state));
      if (state.undecided()) {
        undecided(row, state);
      } else {
        decided(row, state);
      }
      table.put(state, row);
    }
    return table;
  }

  private static void undecided(Map<CaseAction, Set<CaseState>> row, CaseState state) {
    row.put(ASSIGN, EnumSet.of(state == OPEN ? TRIAGED : state));
    row.put(REMEDIATE, EnumSet.of(REMEDIATING));
    row.put(REVALIDATE, EnumSet.of(REVALIDATING));
    row.put(WAIVE, EnumSet.of(state, WAIVED));
    row.put(REJECT, EnumSet.of(REJECTED));
    row.put(APPROVE, EnumSet.of(state, WAIVED));
    row.put(DECLINE, EnumSet.of(state));
    row.put(REMIND, EnumSet.of(state));
    row.put(ESCALATE, EnumSet.of(state));
    row.put(EXPIRE, EnumSet.of(EXPIRED));
    row.put(CHANGE, EnumSet.of(state));
    if (state == REVALIDATING) {
      row.put(JUDGE, EnumSet.of(REVALIDATING, TRIAGED));
      row.put(RELEASE, EnumSet.of(REVALIDATING, RELEASED));
      row.put(APPROVE, EnumSet.of(REVALIDATING, RELEASED, WAIVED));
      // what was judged isn't the run any more, unless it is the import that is being judged
      row.put(CHANGE, EnumSet.of(REVALIDATING, TRIAGED));
    }
  }

  private static void decided(Map<CaseAction, Set<CaseState>> row, CaseState state) {
    row.put(REOPEN, EnumSet.of(OPEN));
    row.put(CHANGE, EnumSet.of(OPEN));
    if (state == WAIVED) {
      row.put(END_WAIVER, EnumSet.of(OPEN));
      row.put(REJECT, EnumSet.of(REJECTED));
    }
  }
}
