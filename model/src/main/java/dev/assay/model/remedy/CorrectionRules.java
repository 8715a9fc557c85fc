package dev.assay.model.remedy;

import dev.assay.model.decision.NotAuthor;
import dev.assay.model.decision.Refusal;
import dev.assay.model.decision.Ruling.Refused;
import dev.assay.model.digest.Sha256;
import dev.assay.model.trust.Person;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Trust;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a signed correction counts. The first rule that it breaks is the one named: whose key,
 * then what was signed, then who corrects.
 *
 * @param trust whose keys count
 * @param revoked keys that count no more
 * @param roles who may correct: a person with one of these; anybody of the document if there are
 *     none
 */
public record CorrectionRules(Trust trust, Set<PublicKey> revoked, List<String> roles) {
  public CorrectionRules {
    revoked = Set.copyOf(revoked);
    roles = List.copyOf(roles);
  }

  /**
   * What is corrected.
   *
   * @param ledger origin of the ledger
   * @param caseId the case
   * @param digest of the revision that it holds
   * @param authors of that revision, where its author may not correct it
   */
  public record Held(String ledger, String caseId, Sha256 digest, Optional<List<String>> authors) {}

  /**
   * Why a correction doesn't count, if it doesn't.
   *
   * @param key the key whose signature over {@code correction} was verified
   */
  public Optional<Refused> refusal(PublicKey key, CorrectionStatement correction, Held held) {
    Optional<Person> owner = trust.owner(key);
    if (owner.isEmpty()) {
      return refused(
          Refusal.NOT_TRUSTED_KEY,
          "%s is no person's in the Trust document; 'assay trust show' lists them".formatted(key));
    }
    if (revoked.contains(key)) {
      return refused(Refusal.REVOKED_KEY, "%s was revoked; sign with another key".formatted(key));
    }
    return binding(correction, held).or(() -> standing(owner.get(), held));
  }

  private static Optional<Refused> binding(CorrectionStatement correction, Held held) {
    if (!correction.ledger().equals(held.ledger())) {
      return other(Refusal.OTHER_LEDGER, "ledger", correction.ledger(), held.ledger());
    }
    if (!correction.caseId().equals(held.caseId())) {
      return other(Refusal.OTHER_SUBJECT, "case", correction.caseId(), held.caseId());
    }
    return correction.original().equals(held.digest())
        ? Optional.empty()
        : other(Refusal.OTHER_DIGEST, "run revision", correction.original(), held.digest());
  }

  private Optional<Refused> standing(Person person, Held held) {
    if (!roles.isEmpty() && person.roles().stream().noneMatch(roles::contains)) {
      return refused(
          Refusal.NO_ROLE,
          "%s has none of the roles that correct: %s"
              .formatted(person.id(), String.join(", ", roles)));
    }
    return held.authors()
        .flatMap(authors -> NotAuthor.refusal(trust, person, authors, "correct its record"));
  }

  private static Optional<Refused> other(Refusal refusal, String what, Object signed, Object is) {
    return refused(
        refusal,
        "it was signed for another %s: %s, where this is %s; sign it again"
            .formatted(what, signed, is));
  }

  private static Optional<Refused> refused(Refusal refusal, String text) {
    return Optional.of(new Refused(refusal, text));
  }
}
