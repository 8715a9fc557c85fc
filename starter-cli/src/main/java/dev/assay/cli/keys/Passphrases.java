package dev.assay.cli.keys;

import dev.assay.cli.base.UsageException;
import dev.assay.evidence.Passphrase;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Where a passphrase comes from: the file that was named, else the environment, else the user, if
 * there is a terminal. Never from the command line, which everybody on the machine can read.
 */
final class Passphrases {
  static final String VARIABLE = "ASSAY_KEY_PASSPHRASE";

  private static final int MAX_BYTES = 4_096;

  private final Map<String, String> environment;
  private final Optional<Console> console;

  /**
   * @param console empty if nobody can be asked
   */
  Passphrases(Map<String, String> environment, Optional<Console> console) {
    this.environment = environment;
    this.console = console;
  }

  /** The process's terminal, if it has one. */
  static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  /**
   * For a new key; asked twice.
   *
   * @throws UsageException if there is none, with what to give
   */
  Passphrase forNew(Optional<Path> file) throws IOException {
    if (file.isPresent()) {
      return new Passphrase(firstLine(file.get()));
    }
    String given = environment.getOrDefault(VARIABLE, "");
    if (!given.isEmpty()) {
      return new Passphrase(given);
    }
    Console asked =
        console.orElseThrow(
            () ->
                new UsageException(
                    "a passphrase is needed to encrypt the private key, and there is no terminal to ask at: set %s, name a file with --passphrase-file, or say --unencrypted"
                        .formatted(VARIABLE)));
    char[] first = ask(asked, "Passphrase for the new key: ");
    char[] second = ask(asked, "The same again: ");
    if (!Arrays.equals(first, second)) {
      throw new UsageException("the two passphrases differ; nothing was made. Run it again");
    }
    return new Passphrase(new String(first));
  }

  /**
   * Of a key that is there; asked once.
   *
   * @throws UsageException if there is none, with what to give
   */
  Passphrase forExisting(Optional<Path> file, Path key) throws IOException {
    if (file.isPresent()) {
      return new Passphrase(firstLine(file.get()));
    }
    String given = environment.getOrDefault(VARIABLE, "");
    if (!given.isEmpty()) {
      return new Passphrase(given);
    }
    Console asked =
        console.orElseThrow(
            () ->
                new UsageException(
                    "%s is encrypted, and there is no terminal to ask at: set %s, or name a file with --passphrase-file"
                        .formatted(key, VARIABLE)));
    return new Passphrase(new String(ask(asked, "Passphrase of %s: ".formatted(key))));
  }

  private static char[] ask(Console console, String prompt) {
    char[] typed = console.readPassword("%s", prompt);
    if (typed == null) {
      throw new UsageException("no passphrase was given; nothing was done");
    }
    return typed;
  }

  private static String firstLine(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      String text = new String(bytes, StandardCharsets.UTF_8);
      String line = text.lines().findFirst().orElse("");
      if (bytes.length > MAX_BYTES || line.isEmpty()) {
        throw new UsageException(
            "%s: its first line is to be the passphrase, 1 to 1,024 characters".formatted(file));
      }
      return line;
    }
  }
}
