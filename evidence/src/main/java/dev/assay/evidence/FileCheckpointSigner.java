package dev.assay.evidence;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Remembers its last note in a file, and never contradicts it. */
final class FileCheckpointSigner implements CheckpointSigner {
  private final NoteSigner signer;
  private final CosignerFile cosigner;
  private final StateFile state;
  private final ConsistencyCheck check;
  private final InstantSource clock;

  FileCheckpointSigner(
      NoteSigner signer,
      CosignerFile cosigner,
      StateFile state,
      ConsistencyCheck check,
      InstantSource clock) {
    this.signer = signer;
    this.cosigner = cosigner;
    this.state = state;
    this.check = check;
    this.clock = clock;
  }

  @Override
  public VerifierKey verifierKey() {
    return signer.verifierKey();
  }

  @Override
  public Optional<VerifierKey> cosignerKey() {
    return cosigner.verifierKey();
  }

  @Override
  public Optional<SignedNote> last() {
    try {
      return state.read(verifierKey());
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
      return DurableFiles.locked(state.lockFile(), () -> signLocked(checkpoint));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private SignedNote signLocked(Checkpoint checkpoint) throws IOException {
    Optional<SignedNote> last = state.read(verifierKey());
    if (last.isPresent()) {
      Checkpoint before = Checkpoint.parse(last.get().text());
      if (before.equals(checkpoint)) {
        return last.get();
      }
      refuseContradiction(before, checkpoint);
    }
    SignedNote note = cosigner.signer(last).cosign(signer.sign(checkpoint.text()), clock.instant());
    // State first, note second: a crash between the two loses a note, never a promise.
    state.replace(note);
    return note;
  }

  private void refuseContradiction(Checkpoint before, Checkpoint now) {
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
    if (before.size() > 0 && !check.isExtended(before, now)) {
      throw new CheckpointRefusedException(
          "%s: asked to sign size %d, root %s, but no proof leads there from size %d, root %s, which was signed; what was signed then was changed. Run `ledger verify`"
              .formatted(now.origin(), now.size(), now.root(), before.size(), before.root()));
    }
  }

  private SignerStateException unusable(IOException e) {
    return new SignerStateException(
        "state %s can't be read or written: %s".formatted(state.file(), DurableFiles.reason(e)), e);
  }
}
