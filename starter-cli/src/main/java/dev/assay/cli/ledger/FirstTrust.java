package dev.assay.cli.ledger;

import dev.assay.activities.trust.TrustPin;
import dev.assay.cli.trust.TrustFiles;
import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The first Trust document of a ledger that whoever verifies it trusts. */
final class FirstTrust {
  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "The ledger's first Trust document: decisions must be signed by its people, or by those"
              + " of later ones that they signed (default: the one that this home pinned).")
  private Optional<Path> file = Optional.empty();

  /** Whether the option was given. */
  boolean given() {
    return file.isPresent();
  }

  /**
   * What says the first document's digest: the file, else the home.
   *
   * @throws dev.assay.model.document.DocumentException if the file holds no Trust document
   */
  TrustPin or(TrustPin home) throws IOException {
    if (file.isEmpty()) {
      return home;
    }
    Sha256 digest = TrustFiles.read(file.get()).digest();
    return _ -> Optional.of(digest);
  }
}
