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
  private Authors() {}

  /** All of them, each once; none if its record names nobody. */
  public static List<String> of(Run run) {
    return Stream.of(
            run.author().map(author -> run.source().system() + ":" + author),
            git(run, "git.author"),
            git(run, "git.author.email"))
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
