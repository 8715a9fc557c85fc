package dev.assay.cli.document;

import dev.assay.model.policy.InlinedFiles;
import dev.assay.model.schema.JsonSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The folder of a policy, for the schemas and scripts that it names. A policy may come from
 * somebody else, so it reads nothing beyond its folder, not by a link either.
 */
final class PolicyFolder implements InlinedFiles {
  private final Path folder;
  private final Consumer<Path> listener;

  private PolicyFolder(Path folder, Consumer<Path> listener) {
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * Beside the policy in {@code file}.
   *
   * @param listener is told of each file before it is read, as a real path
   */
  static PolicyFolder of(Path file, Consumer<Path> listener) {
    Path parent = file.toAbsolutePath().getParent();
    return new PolicyFolder(parent == null ? file.toAbsolutePath() : parent, listener);
  }

  @Override
  public byte[] read(String path) {
    try {
      Path relative = Path.of(path);
      Path file = folder.resolve(relative).normalize();
      if (relative.isAbsolute() || !file.startsWith(folder.normalize())) {
        throw outside(path);
      }
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException("'%s' is no plain file in %s".formatted(path, folder));
      }
      Path real = file.toRealPath();
      if (!real.startsWith(folder.toRealPath())) {
        throw outside(path);
      }
      listener.accept(real);
      return bounded(path, file);
    } catch (InvalidPathException | IOException e) {
      throw new IllegalArgumentException(
          "'%s' can't be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static byte[] bounded(String path, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(JsonSchema.MAX_BYTES + 1);
      if (bytes.length > JsonSchema.MAX_BYTES) {
        throw new IllegalArgumentException(
            "'%s' has more than %d bytes; a file of a policy has at most that many"
                .formatted(path, JsonSchema.MAX_BYTES));
      }
      return bytes;
    }
  }

  private static IllegalArgumentException outside(String path) {
    return new IllegalArgumentException(
        "'%s' leaves the policy's folder; put the file there, and write its name".formatted(path));
  }
}
