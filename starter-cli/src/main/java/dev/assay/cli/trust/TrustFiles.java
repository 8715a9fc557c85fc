package dev.assay.cli.trust;

import dev.assay.cli.base.OptionFile;
import dev.assay.model.document.DocumentLoader;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads Trust documents from files. */
public final class TrustFiles {
  private TrustFiles() {}

  /**
   * The document in {@code file}.
   *
   * @throws dev.assay.model.document.DocumentException if it holds none
   */
  public static Trust read(Path file) throws IOException {
    OptionFile.requireFile("the Trust document", file);
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than a document may have, so that the loader says that it is too long.
      return TrustReader.read(in.readNBytes(DocumentLoader.MAX_BYTES + 1), file.toString());
    }
  }

  /** What to be told of a document that can never be replaced. */
  static final String UNCHANGEABLE =
      "no later document can be accepted: fewer people with keys have the roles of quorum.trust than it asks for";
}
