package dev.assay.model.cases;

import java.util.Locale;

/** What may be done to a case, by people or by the engine. */
public enum CaseAction {
  ASSIGN(true),
  COMMENT(true),
  REMEDIATE(true),
  REVALIDATE(true),
  RELEASE(true),
  WAIVE(true),
  REJECT(true),
  REOPEN(true),
  APPROVE(true),
  DECLINE(true),
  /** The validation of a revalidation ended. */
  JUDGE(false),
  REMIND(false),
  ESCALATE(false),
  /** The deadline passed. */
  EXPIRE(false),
  /** The waiver's time is over. */
  END_WAIVER(false),
  /** The run was imported with other content. */
  CHANGE(false);

  private final boolean byPeople;

  CaseAction(boolean byPeople) {
    this.byPeople = byPeople;
  }

  /** Whether people ask for it; the others come from timers, validations and imports. */
  public boolean byPeople() {
    return byPeople;
  }

  /** The command that people type for it: a remedy and a judgement as it is are one. */
  public String command() {
    return this == REVALIDATE ? REMEDIATE.text() : text();
  }

  /** As payloads write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
