package dev.assay.cli.document;

import dev.assay.cli.base.OptionFile;
import dev.assay.model.document.DocumentLoader;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads policies from files. */
public final class PolicyFiles {
  private PolicyFiles() {}

  /**
   * The policy in {@code file}, with the schemas that it names.
   *
   * @throws dev.assay.model.document.DocumentException if it holds none
   * @throws dev.assay.cli.base.UsageException if it is no file that can be read
   */
  public static ValidationPolicy read(Path file) throws IOException {
    return read(file, _ -> {});
  }

  /**
   * As {@link #read(Path)}.
   *
   * @param included is told of each schema and script before it is read, as a real path; also if
   *     the policy turns out to be none
   */
  public static ValidationPolicy read(Path file, Consumer<Path> included) throws IOException {
    OptionFile.requireFile("the policy", file);
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than a document may have, so that the loader says that it is too long.
      return PolicyReader.read(
          in.readNBytes(DocumentLoader.MAX_BYTES + 1),
          file.toString(),
          PolicyFolder.of(file, included));
    }
  }
}
