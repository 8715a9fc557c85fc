package dev.assay.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers its last note in a file, and never contradicts it. */
final class FileCheckpointSigner implements CheckpointSigner {
  private final NoteSigner signer;
  private final Path stateFile;
  private final Path lockFile;

  FileCheckpointSigner(NoteSigner signer, Path stateFile) {
    this.signer = signer;
    this.stateFile = stateFile;
    this.lockFile = stateFile.resolveSibling(stateFile.getFileName() + ".lock");
  }

  @Override
  public VerifierKey verifierKey() {
    return signer.verifierKey();
  }

  @Override
  public Optional<SignedNote> last() {
    try {
      return read();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public SignedNote sign(Checkpoint checkpoint) {
    if (!checkpoint.origin().equals(verifierKey().name())) {
      throw new CheckpointRefusedException(
          "this signer signs for %s, not for %s"
              .formatted(verifierKey().name(), checkpoint.origin()));
    }
    try {
      return DurableFiles.locked(lockFile, () -> signLocked(checkpoint));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private SignedNote signLocked(Checkpoint checkpoint) throws IOException {
    Optional<SignedNote> last = read();
    if (last.isPresent()) {
      Checkpoint before = Checkpoint.parse(last.get().text());
      if (before.equals(checkpoint)) {
        return last.get();
      }
      refuseContradiction(before, checkpoint);
    }
    SignedNote note = signer.sign(checkpoint.text());
    // State first, note second: a crash between the two loses a note, never a promise.
    DurableFiles.write(stateFile, note.encode());
    return note;
  }

  private static void refuseContradiction(Checkpoint before, Checkpoint now) {
    if (now.size() < before.size()) {
      throw new CheckpointRefusedException(
          "%s: asked to sign size %d after size %d was signed; entries are missing, or the database is an older backup. Run `ledger verify`"
              .formatted(now.origin(), now.size(), before.size()));
    }
    if (now.size() == before.size()) {
      throw new CheckpointRefusedException(
          "%s: asked to sign root %s at size %d, where %s was signed; the ledger was changed. Run `ledger verify`"
              .formatted(now.origin(), now.root(), now.size(), before.root()));
    }
  }

  /** The state is checked under the own key: a damaged file must not lower what was promised. */
  private Optional<SignedNote> read() throws IOException {
    if (!Files.exists(stateFile)) {
      return Optional.empty();
    }
    if (Files.size(stateFile) > SignedNote.MAX_BYTES) {
      throw new SignerStateException("state %s is too large".formatted(stateFile));
    }
    try {
      SignedNote note = SignedNote.parse(Files.readAllBytes(stateFile));
      note.verify(verifierKey());
      return Optional.of(note);
    } catch (NoteException | NoteSignatureException e) {
      throw new SignerStateException(
          "state %s isn't the last note that this key signed (%s): restore it from its backup"
              .formatted(stateFile, e.getMessage()),
          e);
    }
  }

  private SignerStateException unusable(IOException e) {
    return new SignerStateException(
        "state %s can't be read or written: %s".formatted(stateFile, DurableFiles.reason(e)), e);
  }
}
