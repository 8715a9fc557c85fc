package dev.assay.worker.storage;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointContradictedException;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.ConsistencyCheck;
import dev.assay.evidence.KeptCheckpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.SignerStateException;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.worker.storage.EarlierSigners.OwnKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a home's folder of keys holds about ledgers' checkpoints: {@code checkpoint-LEDGER.pem},
 * {@code .mldsa44.pem} and {@code .signed} where this home signs, {@code remote-LEDGER.vkey} and
 * {@code .signed} where a signer elsewhere does. A ledger has one signer.
 */
final class CheckpointFiles {
  private final Path folder;
  private final Function<String, ConsistencyCheck> checks;

  /**
   * @param checks by ledger, whether its tree extends what was signed
   */
  CheckpointFiles(Path folder, Function<String, ConsistencyCheck> checks) {
    this.folder = folder;
    this.checks = checks;
  }

  /** To look at only: nothing can be signed or kept without a database. */
  static CheckpointFiles readOnly(Path folder) {
    return new CheckpointFiles(
        folder,
        ledger ->
            (_, _) -> {
              throw new IllegalStateException(
                  "ledger %s: no database at hand to sign or keep a checkpoint with"
                      .formatted(ledger));
            });
  }

  /**
   * The signer of a ledger's checkpoints: its key and its last signed state live in the home,
   * outside the database. No user program runs in a process that has it.
   */
  CheckpointSigner signer(String ledger, String origin) {
    requireKeyOfSigned(ledger);
    requireSignedHere(ledger);
    return CheckpointSigners.fileBacked(
        keyFile(ledger), signedFile(ledger), origin, checks.apply(ledger));
  }

  /**
   * Keeps what a signer in another process signed, so that the ledger can be checked against it
   * from here. Does nothing if that signer uses this home's own key.
   *
   * @throws dev.assay.evidence.CheckpointContradictedException if another key signed before, or the
   *     note contradicts an earlier one
   * @throws dev.assay.ledger.LedgerException if the tree can't be read, so that it isn't known
   *     whether it does; the earlier one stays
   */
  void keep(String ledger, SignedNote note, VerifierKey key) {
    if (!signsHere(ledger)) {
      kept(ledger).keep(note, key, checks.apply(ledger));
      return;
    }
    VerifierKey own = signer(ledger, key.name()).verifierKey();
    if (!own.equals(key)) {
      throw new CheckpointContradictedException(
          "KEY_SUBSTITUTED: a checkpoint of ledger %s came signed by %s, but this home has signed it as %s, with %s. Two signers of one ledger can contradict each other unseen: use a home of its own for each ledger, and sign with one"
              .formatted(ledger, key, own, keyFile(ledger)));
    }
  }

  /** Whether this home signs the ledger itself. */
  boolean signsHere(String ledger) {
    return isThere(keyFile(ledger));
  }

  /**
   * Refuses to sign where no last checkpoint is at hand, but one was signed: with another key, or
   * one that this end contradicts.
   *
   * @return what couldn't be looked at to know, in a sentence
   * @throws dev.assay.evidence.CheckpointRefusedException if so
   */
  Optional<String> requireFirst(String ledger, Checkpoint end, EarlierSigners earlier) {
    if (isThere(signedFile(ledger))) {
      return Optional.empty(); // the signer itself holds to that
    }
    requireKeyOfSigned(ledger);
    requireSignedHere(ledger);
    return earlier.requireNone(
        ledger,
        end,
        signsHere(ledger) ? Optional.of(ownKeys(signer(ledger, end.origin()))) : Optional.empty(),
        keyFile(ledger));
  }

  private static OwnKeys ownKeys(CheckpointSigner signer) {
    return new OwnKeys(signer.verifierKey(), signer.cosignerKey());
  }

  /**
   * The key with which this home signs the ledger, whatever became of its last checkpoint; empty if
   * it doesn't. None is made.
   *
   * @param origin the ledger's: the file of the key doesn't say it
   * @throws StorageException if the key can't be read
   */
  Optional<VerifierKey> ownKey(String ledger, String origin) {
    if (!signsHere(ledger)) {
      return Optional.empty();
    }
    try {
      return Optional.of(signer(ledger, origin).verifierKey());
    } catch (SignerStateException e) {
      throw new StorageException(
          "ledger %s: %s; it has signed checkpoints, and none is compared without it. Give its public half with --key"
              .formatted(ledger, e.getMessage()),
          e);
    }
  }

  /**
   * The last checkpoint that this home signed or, if its signer is elsewhere, got from there, for
   * the verifier; empty if there is none. Its origin is what the note says, never what the database
   * says.
   *
   * @throws StorageException if the file is no checkpoint, or can't be read
   * @throws dev.assay.evidence.SignerStateException likewise
   */
  Optional<PinnedCheckpoint> pinned(String ledger) {
    Path file = signedFile(ledger);
    if (!isThere(file)) {
      return keptCheckpoint(kept(ledger));
    }
    SignedNote note = signed(file);
    CheckpointSigner signer = signer(ledger, Checkpoint.parse(note.text()).origin());
    return Optional.of(new PinnedCheckpoint(note, signer.verifierKey(), file.toString()));
  }

  /** As {@link #pinned(String)}, under a key from elsewhere: no key of this home is read. */
  Optional<PinnedCheckpoint> pinned(String ledger, VerifierKey key) {
    Path file = signedFile(ledger);
    if (isThere(file)) {
      return Optional.of(new PinnedCheckpoint(signed(file), key, file.toString()));
    }
    KeptCheckpoint kept = kept(ledger);
    return kept.note().map(note -> new PinnedCheckpoint(note, key, kept.noteFile().toString()));
  }

  private static SignedNote signed(Path file) {
    try (var in = Files.newInputStream(file)) {
      SignedNote note = SignedNote.parse(in.readNBytes(SignedNote.MAX_BYTES + 1));
      Checkpoint.parse(note.text());
      return note;
    } catch (IOException | NoteException e) {
      throw new StorageException(
          "%s holds no signed checkpoint: %s. Restore it from a backup"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Whether a file is there.
   *
   * @throws StorageException if that can't be told: a folder that can't be read is not an empty one
   */
  private static boolean isThere(Path file) {
    boolean there = Files.exists(file);
    if (!there && !Files.notExists(file)) {
      throw new StorageException(
          "%s: it can't be told whether it is there: use a user that may read %s, or name the right --home"
              .formatted(file, file.getParent()),
          null);
    }
    return there;
  }

  /**
   * The keys that have signed the ledger's last checkpoint here, or elsewhere as far as this home
   * saw it; the first verifies the pinned note. Empty if there is none.
   */
  List<VerifierKey> signers(String ledger) {
    Optional<PinnedCheckpoint> pinned = pinned(ledger);
    if (pinned.isEmpty() || !signsHere(ledger)) {
      return pinned.map(PinnedCheckpoint::key).stream().toList();
    }
    VerifierKey first = pinned.get().key();
    return Stream.concat(
            Stream.of(first),
            signer(ledger, first.name())
                .cosignerKey()
                .filter(pinned.get().note()::namesSigner)
                .stream())
        .toList();
  }

  private static Optional<PinnedCheckpoint> keptCheckpoint(KeptCheckpoint kept) {
    return kept.note()
        .map(
            note ->
                new PinnedCheckpoint(
                    note,
                    kept.key()
                        .orElseThrow(
                            () ->
                                new StorageException(
                                    "%s is missing, and is the key of whoever signed %s: restore it from a backup"
                                        .formatted(kept.keyFile(), kept.noteFile()),
                                    null)),
                    kept.noteFile().toString()));
  }

  /**
   * That the checkpoint which this home signed last is gone, in a sentence; empty if it is there or
   * nothing shows that one was signed. What shows it is the key, which is made for the first
   * signature. Who removes both leaves no trace here.
   */
  Optional<String> lost(String ledger) {
    return signsHere(ledger) && !isThere(signedFile(ledger))
        ? Optional.of(
            "ledger %s: %s has signed checkpoints, but the last one, %s, is gone: whatever was cut off or rewritten before now can't be told from here any more. Restore the file from a backup, or compare the ledger with a checkpoint kept elsewhere"
                .formatted(ledger, keyFile(ledger), signedFile(ledger)))
        : Optional.empty();
  }

  /** Never makes a new key where one has signed: the old one would look like a stranger's. */
  private void requireKeyOfSigned(String ledger) {
    Path second = CheckpointSigners.cosignerFile(keyFile(ledger)); // made after the first
    for (Path witness : List.of(signedFile(ledger), second)) {
      if (isThere(witness) && !signsHere(ledger)) {
        throw new StorageException(
            "%s is missing, and has signed %s: restore it from a backup"
                .formatted(
                    keyFile(ledger),
                    witness.equals(second) ? "checkpoints together with " + second : witness),
            null);
      }
    }
  }

  /** A second key for a ledger would make checkpoints that contradict the signer's, unseen. */
  private void requireSignedHere(String ledger) {
    KeptCheckpoint kept = kept(ledger);
    if (!signsHere(ledger) && (isThere(kept.keyFile()) || isThere(kept.noteFile()))) {
      throw new StorageException(
          "ledger %s is signed elsewhere, with the key in %s: no second one is made here. Use the engine that has its signer, or ask there for checkpoints; if the signer moves here, move its checkpoint-%s.* here first"
              .formatted(ledger, kept.keyFile(), ledger),
          null);
    }
  }

  private KeptCheckpoint kept(String ledger) {
    return new KeptCheckpoint(
        folder.resolve("remote-%s.vkey".formatted(ledger)),
        folder.resolve("remote-%s.signed".formatted(ledger)));
  }

  private Path keyFile(String ledger) {
    return folder.resolve("checkpoint-%s.pem".formatted(ledger));
  }

  private Path signedFile(String ledger) {
    return folder.resolve("checkpoint-%s.signed".formatted(ledger));
  }
}
