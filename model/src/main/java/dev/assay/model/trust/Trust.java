package dev.assay.model.trust;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whose signature counts, and for what. Only {@link TrustReader} makes one, so no id, key or source
 * stands in it twice.
 *
 * @param name the document's name
 * @param people those who decide
 * @param signers services that sign
 * @param changeQuorum how many people of which role a later document takes
 */
public record Trust(
    String name,
    List<Person> people,
    List<Signer> signers,
    SortedMap<String, Integer> changeQuorum) {
  /** What documents call it. */
  public static final String KIND = "Trust";

  public Trust {
    people = List.copyOf(people);
    signers = List.copyOf(signers);
    changeQuorum = Collections.unmodifiableSortedMap(new TreeMap<>(changeQuorum));
  }

  /** Whose key it is, if it is a person's. */
  public Optional<Person> owner(PublicKey key) {
    return people.stream().filter(person -> person.keys().contains(key)).findFirst();
  }

  /** Whom a source calls so. */
  public Optional<Person> calledBy(String source) {
    return people.stream().filter(person -> person.sources().contains(source)).findFirst();
  }

  /** Every key of a person. */
  public Set<PublicKey> peoplesKeys() {
    return people.stream()
        .flatMap(person -> person.keys().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether people enough have the roles that a later document takes. */
  public boolean canChange() {
    List<Quorum.Seated> signing =
        people.stream()
            .filter(person -> !person.keys().isEmpty())
            .map(person -> new Quorum.Seated(person.id(), Set.copyOf(person.roles())))
            .toList();
    return new Quorum(changeQuorum).missing(signing).isEmpty();
  }

  /** The document with its lists written out; {@link TrustReader} reads it back. */
  public JsonObject toJson() {
    return TrustWriter.write(this);
  }

  /** SHA-256 of the canonical JSON (RFC 8785) of {@link #toJson}. */
  public Sha256 digest() {
    return CanonicalJson.digest(toJson());
  }
}
