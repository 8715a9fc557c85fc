package dev.assay.activities.trust;

import dev.assay.activities.trust.TrustState.Current;
import dev.assay.evidence.Envelope;
import dev.assay.model.trust.Person;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Quorum;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Who signed an envelope, as far as that counts. */
final class Signatures {
  private Signatures() {}

  /** Seats of the quorum for changes that stay empty, by role; empty if it is met. */
  static SortedMap<String, Integer> missing(Current state, Envelope envelope) {
    List<Quorum.Seated> signed =
        keys(state, envelope).stream()
            .flatMap(key -> state.trust().owner(key).stream())
            .map(person -> new Quorum.Seated(person.id(), Set.copyOf(person.roles())))
            .toList();
    return new Quorum(state.trust().changeQuorum()).missing(signed);
  }

  /** Whether a person with a role of the quorum signed. */
  static boolean anyOfQuorum(Current state, Envelope envelope) {
    return keys(state, envelope).stream()
        .flatMap(key -> state.trust().owner(key).stream())
        .anyMatch(person -> inQuorum(state, person));
  }

  static boolean inQuorum(Current state, Person person) {
    return !new Quorum(state.trust().changeQuorum()).seatsFor(person.roles()).isEmpty();
  }

  /** The keys that signed and weren't revoked. */
  private static Set<PublicKey> keys(Current state, Envelope envelope) {
    Set<PublicKey> keys = new HashSet<>(envelope.signers(state.trust().peoplesKeys()));
    keys.removeAll(state.revoked());
    return keys;
  }
}
