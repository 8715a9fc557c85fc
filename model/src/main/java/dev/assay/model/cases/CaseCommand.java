package dev.assay.model.cases;

import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.RunVerdict;
import java.util.Optional;

/** What somebody wants done to a case, before it is known whether it may be. */
public sealed interface CaseCommand {

  /** Which action this is. */
  CaseAction action();

  /** To a person, as a commitment. */
  record Assign(Sha256 to) implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.ASSIGN;
    }
  }

  record Comment(Sha256 text) implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.COMMENT;
    }
  }

  record Remediate(Remedy remedy) implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.REMEDIATE;
    }
  }

  /**
   * @param importSet the registry's import set that has the run alone
   * @param runDigest the revision there
   * @param policyDigest a newer version of the case's policy; else the one that judged last
   */
  record Revalidate(String importSet, Sha256 runDigest, Optional<Sha256> policyDigest)
      implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.REVALIDATE;
    }
  }

  /** What came of a revalidation. */
  record Judge(String workflowId, Optional<RunVerdict> verdict) implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.JUDGE;
    }
  }

  /** A release or a waiver, granted at once or proposed: the policy says. */
  record Let(Wish wish) implements CaseCommand {
    @Override
    public CaseAction action() {
      return wish.action();
    }
  }

  record Reject(Optional<Sha256> reason) implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.REJECT;
    }
  }

  record Reopen(Optional<Sha256> reason) implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.REOPEN;
    }
  }

  /** A person's decision whose signature and right were checked. */
  record Decide(CaseEvent.Decided decided) implements CaseCommand {
    @Override
    public CaseAction action() {
      return decided.approves() ? CaseAction.APPROVE : CaseAction.DECLINE;
    }
  }

  /** Enough people agreed. */
  record Grant() implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.APPROVE;
    }
  }

  /** What time brings: a reminder, an escalation, the deadline, the end of a waiver. */
  record Fall(CaseDue due) implements CaseCommand {
    @Override
    public CaseAction action() {
      return due.action();
    }
  }

  /**
   * The run was imported by a validation, and isn't what it was.
   *
   * @param artifacts whether its files changed, else its record
   */
  record Change(Sha256 runDigest, boolean artifacts, String workflowId) implements CaseCommand {
    @Override
    public CaseAction action() {
      return CaseAction.CHANGE;
    }
  }
}
