package dev.assay.model.decision;

import dev.assay.model.decision.Ruling.Refused;
import dev.assay.model.trust.Person;
import dev.assay.model.trust.Trust;
import java.util.List;
import java.util.Optional;

/** What a policy's {@code notAuthor} asks of who signs something about a run. */
public final class NotAuthor {
  private NotAuthor() {}

  /**
   * Why a person isn't known to be somebody else than the run's author, if they aren't.
   *
   * @param authors {@link Authors#of} the run
   * @param act what somebody else must do: {@code approve}
   */
  public static Optional<Refused> refusal(
      Trust trust, Person person, List<String> authors, String act) {
    if (authors.stream().anyMatch(person.sources()::contains)) {
      return refused(
          Refusal.AUTHOR,
          "%s is the run's author, and the policy says notAuthor; somebody else must %s"
              .formatted(person.id(), act));
    }
    if (authors.isEmpty()) {
      return refused(
          Refusal.AUTHOR_UNKNOWN,
          "the run's record names no author, so nobody is known to be somebody else; decide with a policy that says notAuthor: false, or reject the run");
    }
    return authors.stream().allMatch(author -> trust.calledBy(author).isPresent())
        ? Optional.empty()
        : refused(
            Refusal.AUTHOR_UNKNOWN,
            "the run's author isn't among the sources of any person of the Trust document; propose one that has them ('assay trust propose')");
  }

  private static Optional<Refused> refused(Refusal refusal, String text) {
    return Optional.of(new Refused(refusal, text));
  }
}
