package dev.assay.ledger;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The closed catalogue of entry kinds; docs/formats/events.md describes each kind's payload. */
public final class EntryKind {
  public static final String LEDGER_CREATED = "ledger.created";
  public static final String APPEND_CONFLICT = "append.conflict";
  public static final String VALIDATION_PLANNED = "validation.planned";
  public static final String VALIDATION_SEALED = "validation.sealed";
  public static final String VALIDATION_ABANDONED = "validation.abandoned";
  public static final String RUN_IMPORTED = "run.imported";
  public static final String RUN_CHANGED = "run.changed";
  public static final String RUN_VERDICT = "run.verdict";
  public static final String CASE_OPENED = "case.opened";

  public static final String CASE_PROPOSED = "case.proposed";

  /** What became of a case: one entry a transition. */
  private static final List<String> CASE_TRANSITIONS =
      List.of(
          "case.assigned",
          "case.commented",
          "case.remediating",
          "case.revalidating",
          "case.judged",
          CASE_PROPOSED,
          "case.released",
          "case.waived",
          "case.rejected",
          "case.reopened",
          "case.reminded",
          "case.escalated",
          "case.expired",
          "case.waiver-ended",
          "case.changed");

  public static final String HISTORY_DIGESTED = "history.digested";
  public static final String TRUST_PINNED = "trust.pinned";
  public static final String TRUST_CHANGED = "trust.changed";
  public static final String KEY_REVOKED = "key.revoked";
  public static final String DECISION_ACCEPTED = "decision.accepted";
  public static final String DECISION_REFUSED = "decision.refused";

  /** Kinds that users append by {@code ledger append}: this prefix and a name of theirs. */
  public static final String EXTERNAL_PREFIX = "external.";

  private static final Set<String> CATALOGUE =
      catalogue(
          List.of(
              LEDGER_CREATED,
              APPEND_CONFLICT,
              VALIDATION_PLANNED,
              VALIDATION_SEALED,
              VALIDATION_ABANDONED,
              RUN_IMPORTED,
              RUN_CHANGED,
              RUN_VERDICT,
              CASE_OPENED,
              HISTORY_DIGESTED,
              TRUST_PINNED,
              TRUST_CHANGED,
              KEY_REVOKED,
              DECISION_ACCEPTED,
              DECISION_REFUSED));

  private static final Pattern EXTERNAL = Pattern.compile("external\\.[a-z0-9][a-z0-9._-]{0,62}");

  private EntryKind() {}

  private static Set<String> catalogue(List<String> kinds) {
    Set<String> catalogue = new TreeSet<>(kinds);
    catalogue.addAll(CASE_TRANSITIONS);
    return catalogue;
  }

  /** Whether the catalogue has the kind. */
  public static boolean isKnown(String kind) {
    return CATALOGUE.contains(kind) || EXTERNAL.matcher(kind).matches();
  }

  /** Whether some kind of the catalogue may begin so; every external one may. */
  public static boolean mayBegin(String prefix) {
    return CATALOGUE.stream().anyMatch(kind -> kind.startsWith(prefix))
        || EXTERNAL_PREFIX.startsWith(prefix)
        || prefix.startsWith(EXTERNAL_PREFIX);
  }

  /** Every kind but the external ones, sorted. */
  public static List<String> catalogue() {
    return List.copyOf(CATALOGUE);
  }

  static String require(String kind) {
    if (!isKnown(kind)) {
      throw new IllegalArgumentException(
          "kind %s isn't in the catalogue (docs/formats/events.md); use one of %s, or %s and a name of yours"
              .formatted(kind, CATALOGUE, EXTERNAL_PREFIX));
    }
    return kind;
  }
}
