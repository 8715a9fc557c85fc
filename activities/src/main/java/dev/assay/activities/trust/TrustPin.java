package dev.assay.activities.trust;

import dev.assay.model.digest.Sha256;
import java.util.Optional;

/** Which first Trust document its consumer trusts; kept outside the database. */
@FunctionalInterface
public interface TrustPin {
  /** The digest of the first document of the ledger with this origin; empty if none is pinned. */
  Optional<Sha256> first(String origin);
}
