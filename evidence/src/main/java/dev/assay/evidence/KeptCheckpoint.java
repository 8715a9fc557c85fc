package dev.assay.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a signer elsewhere signed last, as far as this machine saw it, in two files: its public key
 * and its newest checkpoint. The key is believed when it is first seen, unless somebody put the
 * file there before; from then on no other is.
 *
 * @param keyFile a vkey, a line
 * @param noteFile the signed note
 */
public record KeptCheckpoint(Path keyFile, Path noteFile) {
  /** The signer's key; empty if none was seen yet. */
  public Optional<VerifierKey> key() {
    if (Files.notExists(keyFile)) { // one that can't be looked at is there
      return Optional.empty();
    }
    try (var in = Files.newInputStream(keyFile)) {
      return Optional.of(
          VerifierKey.parse(
              new String(in.readNBytes(VerifierKey.MAX_BYTES), StandardCharsets.UTF_8).strip()));
    } catch (IOException e) {
      throw unusable(keyFile, DurableFiles.reason(e), e);
    } catch (NoteException e) {
      throw unusable(keyFile, String.valueOf(e.getMessage()), e);
    }
  }

  /** The newest checkpoint, whoever signed it: the verifier looks at that; empty if none. */
  public Optional<SignedNote> note() {
    if (Files.notExists(noteFile)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(noteFile)) {
      return Optional.of(SignedNote.parse(in.readNBytes(SignedNote.MAX_BYTES + 1)));
    } catch (IOException e) {
      throw unusable(noteFile, DurableFiles.reason(e), e);
    } catch (NoteException e) {
      throw unusable(noteFile, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Keeps a checkpoint if it is newer than the one that is kept. An older one is no contradiction:
   * two commands may learn of theirs in any order.
   *
   * @param key what the signer says is its key
   * @param check must show that the newer tree begins with the one that is kept; what it throws is
   *     passed on, and nothing changes
   * @throws CheckpointContradictedException if another key was seen before, if it didn't sign the
   *     note, or if the note has another root at the size that is kept or a tree that doesn't begin
   *     with the one that is kept; in both last cases the note is put beside the kept one, which
   *     stays
   * @throws SignerStateException if the files can't be used
   */
  public void keep(SignedNote note, VerifierKey key, ConsistencyCheck check) {
    try {
      DurableFiles.locked(
          noteFile.resolveSibling(noteFile.getFileName() + ".lock"),
          () -> keepLocked(note, key, check));
    } catch (IOException e) {
      throw unusable(noteFile, DurableFiles.reason(e), e);
    }
  }

  private Path keepLocked(SignedNote note, VerifierKey key, ConsistencyCheck check)
      throws IOException {
    Optional<VerifierKey> pinned = key();
    pinned.ifPresent(known -> requireSame(known, key));
    Checkpoint now = signed(note, key);
    Optional<SignedNote> last = note();
    if (last.isPresent()) {
      Checkpoint before = signed(last.get(), key);
      if (before.size() > now.size() || before.equals(now)) {
        return noteFile;
      }
      if (before.size() == now.size()) {
        throw new CheckpointContradictedException(
            "FORKED: %s: the signer gave root %s for size %d, and %s before, which %s holds. One of the two ledgers was changed, or the signer lost what it signed: keep both checkpoints, %s, stop appending, and run `ledger verify`"
                .formatted(
                    now.origin(),
                    now.root(),
                    now.size(),
                    before.root(),
                    noteFile,
                    new ForkFiles(noteFile).keep(note, now)));
      }
      if (before.size() > 0 && !check.isExtended(before, now)) {
        throw new CheckpointContradictedException(
            "FORKED: %s: the signer gave root %s for size %d, but no proof leads there from size %d, root %s, which %s holds. What was signed then was changed: keep both checkpoints, %s, stop appending, and run `ledger verify` with the second as --checkpoint"
                .formatted(
                    now.origin(),
                    now.root(),
                    now.size(),
                    before.size(),
                    before.root(),
                    noteFile,
                    new ForkFiles(noteFile).keep(note, now)));
      }
    }
    if (pinned.isEmpty()) {
      DurableFiles.write(keyFile, (key + "\n").getBytes(StandardCharsets.UTF_8));
    }
    DurableFiles.write(noteFile, note.encode());
    return noteFile;
  }

  private void requireSame(VerifierKey known, VerifierKey key) {
    if (!known.equals(key)) {
      throw new CheckpointContradictedException(
          "KEY_SUBSTITUTED: a checkpoint came signed by %s, but %s holds %s. Ask whoever runs the signer. If its key was replaced, put the new one into that file and move %s elsewhere; if not, somebody else signs in its place"
              .formatted(key, keyFile, known, noteFile.getFileName()));
    }
  }

  private static Checkpoint signed(SignedNote note, VerifierKey key) {
    try {
      note.verify(key);
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (checkpoint.origin().equals(key.name())) {
        return checkpoint;
      }
      throw new CheckpointContradictedException(
          "a checkpoint of %s came signed by %s, which signs for another ledger"
              .formatted(checkpoint.origin(), key));
    } catch (NoteException | NoteSignatureException e) {
      throw new CheckpointContradictedException(
          "what came as a checkpoint signed by %s isn't one: %s. Run `ledger verify`, and look who completes activities of the signer's task queue"
              .formatted(key, e.getMessage()));
    }
  }

  private static SignerStateException unusable(Path file, String why, Exception cause) {
    return new SignerStateException(
        "%s can't be read or written as what a signer elsewhere signed: %s. Restore it from a backup"
            .formatted(file, why),
        cause);
  }
}
