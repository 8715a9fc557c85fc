package dev.assay.model.decision;

import dev.assay.model.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who ran a run, as the {@code sources} of a Trust document name them: {@code <system>:<author>} of
 * its record, and {@code git:<value>} of its tags {@code git.author} and {@code git.author.email}.
 */
public final class Authors {
  /** The tags that name authors. */
  public static final List<String> TAGS = List.of("git.author", "git.author.email");

  private Authors() {}

  /** All of them, each once; none if its record names nobody. */
  public static List<String> of(Run run) {
    return Stream.concat(
            Stream.of(run.author().map(author -> run.source().system() + ":" + author)),
            TAGS.stream().map(tag -> git(run, tag)))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static Optional<String> git(Run run, String tag) {
    return Optional.ofNullable(run.tags().get(tag))
        .filter(value -> !value.isBlank())
        .map(value -> "git:" + value);
  }
}
