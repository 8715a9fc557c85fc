package dev.assay.cli.ledger;

import dev.assay.cli.base.UsageException;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.worker.anchors.Anchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Checkpoints that a user has from elsewhere, and the key that must have signed them. */
final class OutsideCheckpoints {
  @Option(
      names = "--from",
      paramLabel = "CHECKPOINT",
      description = {
        "Read only what is newer than the checkpoint in this file. What is older rests on it, and"
            + " is read, too, if the tree doesn't have its root."
      })
  private Optional<Path> from = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description =
          "The verifier key that must have signed, or a file that holds it (default: the key under"
              + " which this home has checkpoints of the ledger).")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "A checkpoint kept elsewhere that must agree, too; may be repeated.")
  private List<Path> checkpoints = List.of();

  @Option(
      names = "--anchor",
      paramLabel = "DIR",
      description =
          "A folder of published checkpoints that must all agree, too; may be repeated (default:"
              + " the home's anchors).")
  private List<Path> folders = List.of();

  /** As given; null if it wasn't. */
  @Nullable String key() {
    return key.orElse(null);
  }

  /** The options given that name checkpoints. */
  List<String> given() {
    List<String> names = new ArrayList<>();
    if (from.isPresent()) {
      names.add("--from");
    }
    if (!checkpoints.isEmpty()) {
      names.add("--checkpoint");
    }
    if (!folders.isEmpty()) {
      names.add("--anchor");
    }
    return names;
  }

  /**
   * All that the ledger is compared with, but {@link #from}.
   *
   * @param kept the home's own
   * @throws UsageException if a file can't be read, isn't a checkpoint, or no key is known
   */
  List<PinnedCheckpoint> all(Optional<PinnedCheckpoint> kept) {
    List<PinnedCheckpoint> all = new ArrayList<>();
    Optional<VerifierKey> wanted = key.map(TrustedKey::read);
    kept.map(own -> new PinnedCheckpoint(own.note(), wanted.orElse(own.key()), own.source()))
        .ifPresent(all::add);
    checkpoints.forEach(file -> all.add(pin(file, kept)));
    return all;
  }

  /** What the answer may rest on. */
  Optional<PinnedCheckpoint> from(Optional<PinnedCheckpoint> kept) {
    return from.map(file -> pin(file, kept));
  }

  /**
   * What anchors have: the folders named, else those of the home. Without a key that is trusted
   * nothing there proves anything.
   *
   * @throws UsageException if a folder that was named can't be read, or no key is known for it
   */
  AnchoredCheckpoints anchored(Optional<PinnedCheckpoint> kept, Anchors home) {
    if (!folders.isEmpty()) {
      return AnchoredCheckpoints.in(folders, signer(folders.getFirst(), kept));
    }
    return trusted(kept)
        .map(signer -> AnchoredCheckpoints.of(home, signer))
        .orElse(AnchoredCheckpoints.NONE);
  }

  private PinnedCheckpoint pin(Path file, Optional<PinnedCheckpoint> kept) {
    VerifierKey signer = signer(file, kept);
    return new PinnedCheckpoint(readNote(file), signer, file.toString());
  }

  private VerifierKey signer(Path file, Optional<PinnedCheckpoint> kept) {
    return trusted(kept)
        .orElseThrow(
            () ->
                new UsageException(
                    "%s: this home knows no key that it must be signed with; name it with --key, as `assay ledger checkpoint --format json` printed it where the ledger is signed"
                        .formatted(file)));
  }

  private Optional<VerifierKey> trusted(Optional<PinnedCheckpoint> kept) {
    return key.map(TrustedKey::read).or(() -> kept.map(PinnedCheckpoint::key));
  }

  private static SignedNote readNote(Path file) {
    try {
      SignedNote note = SignedNote.parse(read(file, SignedNote.MAX_BYTES));
      Checkpoint.parse(note.text());
      return note;
    } catch (NoteException e) {
      throw new UsageException(
          "%s isn't a signed checkpoint: %s; pass a file that `assay ledger checkpoint` printed"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static byte[] read(Path file, int maxBytes) {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(maxBytes + 1);
    } catch (IOException e) {
      throw new UsageException("%s can't be read: %s".formatted(file, e), e);
    }
  }
}
