package dev.assay.cli.ledger;

import dev.assay.cli.base.OptionFile;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.worker.anchors.Anchors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  private Optional<VerifierKey> home = Optional.empty();

  /** The home's own key, which counts where neither {@code --key} nor a checkpoint names one. */
  void trust(Optional<VerifierKey> own) {
    home = own;
  }

  /**
   * The key of {@code --key}, if it was given.
   *
   * @throws UsageException if that is no key
   */
  Optional<VerifierKey> givenKey() {
    return key.map(TrustedKey::read);
  }

  /**
   * Refuses the key of another ledger: what it signed says nothing of this one. Which ledger this
   * is, the home's checkpoint and the database say; if only one of them says what the key does, the
   * verifier finds out which was changed.
   *
   * @param recorded the origin in the database, if it can be read
   * @throws UsageException if the key is neither's
   */
  void requireKeyOf(String ledger, Optional<PinnedCheckpoint> kept, Optional<String> recorded) {
    Set<String> origins = new TreeSet<>();
    recorded.ifPresent(origins::add);
    kept.flatMap(OutsideCheckpoints::origin).ifPresent(origins::add);
    givenKey()
        .filter(given -> !origins.isEmpty() && !origins.contains(given.name()))
        .ifPresent(
            given -> {
              throw new UsageException(
                  "--key is the key of %s, but ledger %s here is %s: give the key of that ledger, as its owner publishes it ('assay ledger key' prints it), or name the ledger with --ledger. If it should be the key's, then this is not its database"
                      .formatted(given.name(), ledger, String.join(" or ", origins)));
            });
  }

  /** Empty if it is no checkpoint, which the verifier tells. */
  private static Optional<String> origin(PinnedCheckpoint kept) {
    try {
      return Optional.of(Checkpoint.parse(kept.note().text()).origin());
    } catch (NoteException _) {
      return Optional.empty();
    }
  }

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
    Optional<VerifierKey> wanted = givenKey();
    kept.map(own -> new PinnedCheckpoint(own.note(), wanted.orElse(own.key()), own.source()))
        .ifPresent(all::add);
    checkpoints.forEach(file -> all.add(pin("--checkpoint", file, kept)));
    return all;
  }

  /** What the answer may rest on. */
  Optional<PinnedCheckpoint> from(Optional<PinnedCheckpoint> kept) {
    return from.map(file -> pin("--from", file, kept));
  }

  /**
   * What anchors have: the folders named, else those of the home. Without a key that is trusted
   * nothing there proves anything.
   *
   * @throws UsageException if a folder that was named can't be read, or no key is known for it
   */
  AnchoredCheckpoints anchored(Optional<PinnedCheckpoint> kept, Anchors anchors) {
    if (!folders.isEmpty()) {
      return AnchoredCheckpoints.in(folders, signer("--anchor", folders.getFirst(), kept));
    }
    return trusted(kept)
        .map(
            signer -> {
              AnchoredCheckpoints found = AnchoredCheckpoints.of(anchors, signer);
              return kept.isEmpty() && givenKey().isEmpty() ? found.wanted(signer) : found;
            })
        .orElseGet(() -> AnchoredCheckpoints.withoutKey(anchors));
  }

  private PinnedCheckpoint pin(String option, Path file, Optional<PinnedCheckpoint> kept) {
    VerifierKey signer = signer(option, file, kept);
    SignedNote note = readNote(option, file);
    String origin = Checkpoint.parse(note.text()).origin();
    // Under a line of the right key another origin is a forgery, which the verifier names.
    if (!origin.equals(signer.name()) && !note.namesSigner(signer)) {
      throw new UsageException(
          "%s: %s is a checkpoint of %s, but %s is to be verified: pass one of that ledger, or name the other with --ledger"
              .formatted(option, file, origin, signer.name()));
    }
    return new PinnedCheckpoint(note, signer, file.toString());
  }

  private VerifierKey signer(String option, Path file, Optional<PinnedCheckpoint> kept) {
    return trusted(kept)
        .orElseThrow(
            () ->
                new UsageException(
                    "%s: %s: this home knows no key that it must be signed with; name it with --key, as `assay ledger key` printed it where the ledger is signed"
                        .formatted(option, file)));
  }

  private Optional<VerifierKey> trusted(Optional<PinnedCheckpoint> kept) {
    return givenKey().or(() -> kept.map(PinnedCheckpoint::key)).or(() -> home);
  }

  private static SignedNote readNote(String option, Path file) {
    try {
      SignedNote note =
          SignedNote.parse(OptionFile.read(option, file, SignedNote.MAX_BYTES, "a checkpoint"));
      Checkpoint.parse(note.text());
      return note;
    } catch (NoteException e) {
      throw new UsageException(
          "%s: %s isn't a signed checkpoint: %s; pass a file that `assay ledger checkpoint` printed"
              .formatted(option, file, e.getMessage()),
          e);
    }
  }
}
