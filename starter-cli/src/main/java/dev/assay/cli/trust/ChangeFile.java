package dev.assay.cli.trust;

import dev.assay.cli.base.OptionFile;
import dev.assay.evidence.Envelope;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.statement.Members;
import dev.assay.model.statement.StatementException;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustChange;
import dev.assay.model.trust.TrustReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A proposed Trust document with the signatures that it has, which goes from one person to the
 * next: JSON with {@code document} and {@code envelope}.
 *
 * @param trust the document
 * @param envelope the signed change
 */
record ChangeFile(Trust trust, Envelope envelope) {
  private static final int MAX_BYTES = 2 << 20;
  private static final String DOCUMENT = "document";
  private static final String ENVELOPE = "envelope";

  /**
   * Reads one.
   *
   * @throws StatementException if it is none, or what was signed is another document
   */
  static ChangeFile read(Path file) {
    byte[] bytes = OptionFile.read("the proposal", file, MAX_BYTES, "a proposal");
    try {
      Members members =
          Members.of(file.toString(), JsonReader.read(bytes), List.of(DOCUMENT, ENVELOPE));
      Trust trust =
          TrustReader.read(CanonicalJson.encode(members.required(DOCUMENT)), file + ".json");
      Envelope envelope = Envelope.parse(CanonicalJson.encode(members.required(ENVELOPE)));
      TrustChange change = TrustChange.of(envelope.statement());
      if (!change.next().equals(trust.digest())) {
        throw new StatementException(
            "%s: its document has the digest %s, and %s was signed; ask for the proposal again"
                .formatted(file, trust.digest(), change.next()));
      }
      return new ChangeFile(trust, envelope);
    } catch (JsonException e) {
      throw new StatementException("%s is %s".formatted(file, e.getMessage()), e);
    }
  }

  TrustChange change() {
    return TrustChange.of(envelope.statement());
  }

  /** Writes it whole or not at all. */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(
        draft,
        CanonicalJson.encode(
            JsonObject.EMPTY
                .with(DOCUMENT, trust.toJson())
                .with(ENVELOPE, JsonReader.read(envelope.encode()))));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
