package dev.assay.registry;

import dev.assay.model.run.RunIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which text PostgreSQL can keep: no NUL, no lone surrogate, and no key beyond an index page. */
public final class Storable {
  /** Most UTF-8 bytes of an experiment's name or a run id: both fit one index row of 2,704. */
  public static final int MAX_KEY_BYTES = 1_024;

  /** Most characters of other text: a location, a name, a reason. */
  public static final int MAX_TEXT = 65_536;

  private Storable() {}

  /**
   * Why the registry can't keep this identity; empty if it can. For importers, before they save.
   */
  public static Optional<String> problem(RunIdentity identity) {
    return keyProblem("system", identity.system())
        .or(() -> keyProblem("experiment", identity.experiment()))
        .or(() -> keyProblem("run id", identity.runId()));
  }

  static RunIdentity check(RunIdentity identity) {
    problem(identity)
        .ifPresent(
            problem -> {
              throw new UnstorableException(problem);
            });
    return identity;
  }

  static String check(String what, String text) {
    if (text.length() > MAX_TEXT) {
      throw new UnstorableException(
          "%s has %d characters, at most %d fit; shorten it"
              .formatted(what, text.length(), MAX_TEXT));
    }
    badCharacter(what, text)
        .ifPresent(
            problem -> {
              throw new UnstorableException(problem);
            });
    return text;
  }

  /** A copy for eyes: what can't be kept is replaced by U+FFFD, what is too long is cut. */
  static String lossy(String text) {
    String kept = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    return badCharacter("text", kept).isEmpty()
        ? kept
        : new String(
            kept.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_16BE),
            StandardCharsets.UTF_16BE);
  }

  private static Optional<String> keyProblem(String what, String text) {
    if (text.length() > MAX_KEY_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      return Optional.of(
          "the %s of a run is longer than %d bytes of UTF-8; shorten it"
              .formatted(what, MAX_KEY_BYTES));
    }
    return badCharacter("the " + what + " of a run", text);
  }

  private static Optional<String> badCharacter(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Optional.of("%s has a NUL at character %d; remove it".formatted(what, i));
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return Optional.of("%s has a lone surrogate at character %d; remove it".formatted(what, i));
      }
    }
    return Optional.empty();
  }
}
