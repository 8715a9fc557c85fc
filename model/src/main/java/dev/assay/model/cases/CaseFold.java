package dev.assay.model.cases;

import dev.assay.model.cases.CaseEvent.Assigned;
import dev.assay.model.cases.CaseEvent.Changed;
import dev.assay.model.cases.CaseEvent.Commented;
import dev.assay.model.cases.CaseEvent.Decided;
import dev.assay.model.cases.CaseEvent.Escalated;
import dev.assay.model.cases.CaseEvent.Expired;
import dev.assay.model.cases.CaseEvent.Judged;
import dev.assay.model.cases.CaseEvent.Proposed;
import dev.assay.model.cases.CaseEvent.Rejected;
import dev.assay.model.cases.CaseEvent.Released;
import dev.assay.model.cases.CaseEvent.Remediating;
import dev.assay.model.cases.CaseEvent.Reminded;
import dev.assay.model.cases.CaseEvent.Reopened;
import dev.assay.model.cases.CaseEvent.Revalidating;
import dev.assay.model.cases.CaseEvent.Waived;
import dev.assay.model.cases.CaseEvent.WaiverEnded;
import dev.assay.model.cases.CaseFile.Pending;
import dev.assay.model.cases.CaseFile.Revalidation;
import dev.assay.model.digest.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Folds a case's entries into what it is. Whatever {@link CaseTable} doesn't allow is no case: the
 * record was written by something else. Used by one thread.
 */
public final class CaseFold {
  private final CaseOpened opened;
  private CaseState state;
  private int ordinal;
  private Instant since;
  private Sha256 runDigest;
  private Sha256 policyDigest;
  private String evidence;
  private Optional<Sha256> assignee = Optional.empty();
  private Optional<Revalidation> revalidation = Optional.empty();
  private Optional<Pending> pending = Optional.empty();
  private Optional<Instant> waivedUntil = Optional.empty();
  private int reminders;
  private boolean escalated;
  private final Set<String> commands = new HashSet<>();

  public CaseFold(CaseOpened opened) {
    this.opened = opened;
    state = opened.state();
    since = opened.at();
    runDigest = opened.runDigest();
    policyDigest = opened.policyDigest();
    evidence = opened.workflowId();
  }

  /** Goes on from what was folded before. */
  public static CaseFold of(CaseFile file) {
    CaseFold fold = new CaseFold(file.opened());
    fold.state = file.state();
    fold.ordinal = file.ordinal();
    fold.since = file.since();
    fold.runDigest = file.runDigest();
    fold.policyDigest = file.policyDigest();
    fold.evidence = file.evidence();
    fold.assignee = file.assignee();
    fold.revalidation = file.revalidation();
    fold.pending = file.pending();
    fold.waivedUntil = file.waivedUntil();
    fold.reminders = file.reminders();
    fold.escalated = file.escalated();
    fold.commands.addAll(file.commands());
    return fold;
  }

  /** What the case is after what was added so far. */
  public CaseFile file() {
    return new CaseFile(
        opened,
        state,
        ordinal,
        since,
        runDigest,
        policyDigest,
        evidence,
        assignee,
        revalidation,
        pending,
        waivedUntil,
        reminders,
        escalated,
        commands);
  }

  /**
   * The next transition.
   *
   * @param command id of what was asked
   * @param at when it happened
   * @throws CaseRecordException if it can't follow
   */
  public CaseFold add(CaseEvent event, String command, Instant at) {
    CaseAction action = action(event);
    ordinal++;
    CaseState next = next(event, at);
    if (!CaseTable.leadsTo(state, action).contains(next)) {
      throw new CaseRecordException(
          "case %s, transition %d: %s doesn't lead from %s to %s"
              .formatted(opened.caseId(), ordinal, action.text(), state, next));
    }
    state = next;
    if (state.closed()) {
      pending = Optional.empty();
    }
    commands.add(command);
    return this;
  }

  private CaseState next(CaseEvent event, Instant at) {
    return switch (event) {
      case Assigned(Sha256 to) -> {
        assignee = Optional.of(to);
        yield state == CaseState.OPEN ? CaseState.TRIAGED : state;
      }
      case Commented _ -> state;
      case Remediating _ -> {
        pending = Optional.empty();
        revalidation = Optional.empty();
        yield CaseState.REMEDIATING;
      }
      case Revalidating asked -> {
        pending = Optional.empty();
        revalidation = Optional.of(new Revalidation(asked, Optional.empty()));
        policyDigest = asked.policyDigest();
        yield CaseState.REVALIDATING;
      }
      case Judged judged -> judged(judged);
      case Proposed proposed -> {
        pending = Optional.of(new Pending(ordinal, proposed, List.of()));
        yield state;
      }
      case Decided decided -> decided(decided);
      case Released _ -> close(CaseState.RELEASED);
      case Waived(Instant until, var _) -> {
        waivedUntil = Optional.of(until);
        yield close(CaseState.WAIVED);
      }
      case Rejected _ -> close(CaseState.REJECTED);
      case Expired _ -> close(CaseState.EXPIRED);
      case Reopened _, WaiverEnded _ -> open(at);
      case Reminded(int number) -> {
        reminders = number;
        yield state;
      }
      case Escalated _ -> {
        escalated = true;
        yield state;
      }
      case Changed(Sha256 digest, String workflowId) -> changed(digest, workflowId, at);
    };
  }

  private CaseState judged(Judged judged) {
    Revalidation asked =
        revalidation
            .filter(now -> now.asked().workflowId().equals(judged.workflowId()))
            .orElseThrow(() -> notAsked(judged.workflowId()));
    revalidation = Optional.of(new Revalidation(asked.asked(), Optional.of(judged)));
    return judged.passed() ? CaseState.REVALIDATING : CaseState.TRIAGED;
  }

  private CaseRecordException notAsked(String workflowId) {
    return new CaseRecordException(
        "case %s, transition %d: %s judged, and nobody asked it to"
            .formatted(opened.caseId(), ordinal, workflowId));
  }

  /** One who declines ends it. */
  private CaseState decided(Decided decided) {
    Pending now =
        pending
            .filter(proposal -> proposal.ordinal() == decided.ordinal())
            .orElseThrow(
                () ->
                    new CaseRecordException(
                        "case %s, transition %d: a decision about proposal %d, which isn't pending"
                            .formatted(opened.caseId(), ordinal, decided.ordinal())));
    List<Decided> all = new ArrayList<>(now.decisions());
    all.add(decided);
    pending =
        decided.approves()
            ? Optional.of(new Pending(now.ordinal(), now.proposed(), all))
            : Optional.empty();
    return state;
  }

  private CaseState close(CaseState end) {
    pending = Optional.empty();
    return end;
  }

  private CaseState open(Instant at) {
    since = at;
    waivedUntil = Optional.empty();
    revalidation = Optional.empty();
    pending = Optional.empty();
    reminders = 0;
    escalated = false;
    return CaseState.OPEN;
  }

  private CaseState changed(Sha256 digest, String workflowId, Instant at) {
    runDigest = digest;
    evidence = workflowId;
    pending = Optional.empty();
    if (state == CaseState.REVALIDATING
        && revalidation.filter(now -> now.asked().runDigest().equals(digest)).isPresent()) {
      return state; // the import that is being judged
    }
    revalidation = Optional.empty();
    return switch (state) {
      case OPEN, TRIAGED, REMEDIATING -> state;
      case REVALIDATING -> CaseState.TRIAGED;
      case RELEASED, WAIVED, REJECTED, EXPIRED -> open(at);
    };
  }

  /**
   * What an event is the outcome of. A granted wish is the outcome of the wish or of a decision.
   */
  private CaseAction action(CaseEvent event) {
    return switch (event) {
      case Assigned _ -> CaseAction.ASSIGN;
      case Commented _ -> CaseAction.COMMENT;
      case Remediating _ -> CaseAction.REMEDIATE;
      case Revalidating _ -> CaseAction.REVALIDATE;
      case Judged _ -> CaseAction.JUDGE;
      case Proposed proposed -> proposed.wish().action();
      case Decided decided -> decided.approves() ? CaseAction.APPROVE : CaseAction.DECLINE;
      case Released _ -> pending.isPresent() ? CaseAction.APPROVE : CaseAction.RELEASE;
      case Waived _ -> pending.isPresent() ? CaseAction.APPROVE : CaseAction.WAIVE;
      case Rejected _ -> CaseAction.REJECT;
      case Reopened _ -> CaseAction.REOPEN;
      case Reminded _ -> CaseAction.REMIND;
      case Escalated _ -> CaseAction.ESCALATE;
      case Expired _ -> CaseAction.EXPIRE;
      case WaiverEnded _ -> CaseAction.END_WAIVER;
      case Changed _ -> CaseAction.CHANGE;
    };
  }
}
