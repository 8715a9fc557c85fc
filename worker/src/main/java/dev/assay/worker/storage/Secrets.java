package dev.assay.worker.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Passwords from the environment, or from files that it names, as container platforms give them.
 */
final class Secrets {
  /** No password is longer; who names a log file by mistake learns it at once. */
  private static final int MAX_BYTES = 4_096;

  private Secrets() {}

  /** A variable's value; empty if it is unset or holds blanks alone. */
  static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The password of {@code role}, by {@code NAME} or {@code NAME_FILE}. */
  static Optional<Secret> password(Map<String, String> environment, DatabaseRole role) {
    String name = role.passwordVariable();
    Optional<String> direct = value(environment, name);
    Optional<String> file = value(environment, name + "_FILE");
    if (direct.isPresent() && file.isPresent()) {
      throw new DatabaseSettingsException(
          "%s and %s_FILE are both set: leave one out".formatted(name, name));
    }
    return direct.or(() -> file.map(path -> read(name + "_FILE", path))).map(Secret::new);
  }

  private static String read(String variable, String path) {
    byte[] bytes;
    try (var in = Files.newInputStream(Path.of(path))) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException | InvalidPathException e) {
      throw new DatabaseSettingsException(
          "%s names %s, which can't be read; it must be a file that holds the password alone"
              .formatted(variable, path),
          e);
    }
    String password = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    if (bytes.length > MAX_BYTES || password.isEmpty() || password.lines().count() != 1) {
      throw new DatabaseSettingsException(
          "%s names %s, which must hold one line of at most %d bytes, the password"
              .formatted(variable, path, MAX_BYTES));
    }
    return password;
  }
}
