package dev.assay.model.decision;

/** Why a decision doesn't count; entries hold the name. Only ever added to. */
public enum Refusal {
  /** No key that the Trust document gives a person signed it. */
  NOT_TRUSTED_KEY,
  /** The key was revoked before. */
  REVOKED_KEY,
  /** No proposal waits for decisions. */
  NOTHING_PENDING,
  /** It was signed for another ledger. */
  OTHER_LEDGER,
  /** It was signed for another case. */
  OTHER_SUBJECT,
  /** It was signed about another revision of the run. */
  OTHER_DIGEST,
  /** It was signed about another proposal of the case. */
  OTHER_ORDINAL,
  /** It was signed about another action, or a waiver until another time. */
  OTHER_ACTION,
  /** Its time is over. */
  EXPIRED,
  /** The person has none of the roles that decide. */
  NO_ROLE,
  /** The person decided about this proposal before, perhaps with another key. */
  ALREADY_DECIDED,
  /** The person is the run's author. */
  AUTHOR,
  /** Who the run's author is can't be told, so neither that it is somebody else. */
  AUTHOR_UNKNOWN
}
