package dev.assay.registry;

import dev.assay.model.run.RunIdentity;
import java.util.Comparator;

/**
 * The order of a plan's rows: identity (system, experiment, run id), then digest. Text is compared
 * by its UTF-8 bytes, which is PostgreSQL's COLLATE "C" and the order of code points; {@link
 * RunIdentity#compareTo} differs from it beyond U+FFFF.
 */
public final class PlanOrder {
  /** Text by code points. */
  public static final Comparator<String> TEXT = PlanOrder::compareText;

  /** Identities by code points. */
  public static final Comparator<RunIdentity> IDENTITIES =
      Comparator.comparing(RunIdentity::system, TEXT)
          .thenComparing(RunIdentity::experiment, TEXT)
          .thenComparing(RunIdentity::runId, TEXT);

  /** Revisions by identity, then digest. */
  public static final Comparator<RevisionKey> REVISIONS =
      Comparator.comparing(RevisionKey::identity, IDENTITIES).thenComparing(RevisionKey::digest);

  private PlanOrder() {}

  private static int compareText(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // A surrogate stands for a code point above every other char.
        boolean xHigh = Character.isSurrogate(x);
        return xHigh == Character.isSurrogate(y) ? Character.compare(x, y) : xHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
