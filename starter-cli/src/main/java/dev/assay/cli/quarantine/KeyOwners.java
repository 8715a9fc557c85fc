package dev.assay.cli.quarantine;

import dev.assay.activities.trust.TrustState;
import dev.assay.activities.trust.TrustState.Broken;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.activities.trust.TrustState.Unpinned;
import dev.assay.model.trust.PublicKey;

/**
 * Whose keys they are, for eyes.
 *
 * @param trust who is trusted now
 */
record KeyOwners(TrustState trust) {
  /** The person's id, if it is a key of one; else what is given. */
  String of(String actor) {
    return switch (trust) {
      case Current current when PublicKey.isForm(actor) ->
          current.trust().owner(new PublicKey(actor)).map(person -> person.id()).orElse(actor);
      case Current _, Unpinned _, Broken _ -> actor;
    };
  }
}
