package dev.assay.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The last note that a signer signed.
 *
 * @param file the note as it is
 * @param write replaces it, whole or not at all
 */
record StateFile(Path file, FileWrite write) {
  /** The state is checked under the own key: a damaged file must not lower what was promised. */
  Optional<SignedNote> read(VerifierKey own) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > SignedNote.MAX_BYTES) {
      throw new SignerStateException("state %s is too large".formatted(file));
    }
    try {
      SignedNote note = SignedNote.parse(Files.readAllBytes(file));
      note.verify(own);
      return Optional.of(note);
    } catch (NoteException | NoteSignatureException e) {
      throw new SignerStateException(
          "state %s isn't the last note that this key signed (%s): restore it from its backup"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  void replace(SignedNote note) throws IOException {
    write.write(file, note.encode());
  }

  Path lockFile() {
    return file.resolveSibling(file.getFileName() + ".lock");
  }
}
