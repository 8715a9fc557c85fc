package dev.assay.cli.ledger;

import dev.assay.activities.trust.TrustPin;
import dev.assay.activities.trust.Trusts;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.trust.TrustFiles;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonString;
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

  /**
   * That the file isn't a later document of the ledger: a mistake that would look like tampering.
   *
   * @param trusts of the ledger, with what {@link #or} gave
   * @throws UsageException if it is; its text has the first one's digest
   */
  void requireFirst(Trusts trusts, Sha256 given) {
    Optional<StoredEntry> first = trusts.first();
    Optional<StoredEntry> naming = file.flatMap(_ -> trusts.naming(given));
    if (first.isPresent() && naming.isPresent() && naming.get().index() != first.get().index()) {
      throw new UsageException(
          "--trust %s has the digest %s: by entry %s a later document of this ledger, not its first; the ledger says that this is %s. Give the first one's file if you trust it; if you were told that yours is the first, this isn't the ledger that it was told of"
              .formatted(file.orElseThrow(), given, naming.get().key(), digest(first.get())));
    }
  }

  private static String digest(StoredEntry entry) {
    return entry.payload().members().get("trustDigest") instanceof JsonString(String hex)
        ? hex
        : "not told";
  }
}
