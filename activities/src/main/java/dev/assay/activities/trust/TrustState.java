package dev.assay.activities.trust;

import dev.assay.model.decision.DecisionRules;
import dev.assay.model.digest.Sha256;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Trust;
import java.util.Set;

/** Whose signature counts in a ledger at some place of it, or why that can't be told. */
public sealed interface TrustState {
  /**
   * Told.
   *
   * @param ledger origin of the ledger
   * @param trust the document in force
   * @param digest its digest
   * @param change how many documents came before it
   * @param entries how many entries led here
   * @param revoked keys that count no more
   */
  record Current(
      String ledger, Trust trust, Sha256 digest, long change, long entries, Set<PublicKey> revoked)
      implements TrustState {
    public Current {
      revoked = Set.copyOf(revoked);
    }

    /** What decides about people's decisions now. */
    public DecisionRules rules() {
      return new DecisionRules(trust, revoked);
    }
  }

  /** No document is pinned, in the ledger or by this consumer; the text says what to do. */
  record Unpinned(String why) implements TrustState {}

  /**
   * What the ledger or the registry says doesn't hold.
   *
   * @param key the entry's key, {@code trust/<n>}
   * @param why what was found, and what to do
   */
  record Broken(String key, String why) implements TrustState {}
}
