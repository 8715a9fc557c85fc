package dev.assay.worker.storage;

import dev.assay.evidence.AnchorException;
import dev.assay.evidence.AnchoredNotes;
import dev.assay.evidence.AnchoredNotes.Anchored;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.ConsistencyCheck;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.SignatureLine;
import dev.assay.evidence.VerifierKey;
import dev.assay.worker.anchors.AnchorReading;
import dev.assay.worker.anchors.Anchors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks in a home's anchors, before a ledger is signed here without an earlier checkpoint at hand,
 * what was signed before. A home whose folder of keys was lost would else sign the same ledger with
 * a new key, which to everybody else is a stranger's; one whose last checkpoint was lost would sign
 * what contradicts it.
 *
 * @param tree whether the ledger extends a checkpoint
 */
record EarlierSigners(Anchors anchors, ConsistencyCheck tree) {
  /**
   * The keys that are to sign.
   *
   * @param second the cosigner's; empty if it would be made now
   */
  record OwnKeys(VerifierKey first, Optional<VerifierKey> second) {
    private boolean isOf(SignatureLine line) {
      return Stream.concat(Stream.of(first), second.stream())
          .anyMatch(key -> key.name().equals(line.name()) && key.keyId() == line.keyId());
    }

    /**
     * Whether another key has signed under this ledger's name; witnesses have names of their own.
     */
    private boolean isOther(SignatureLine line) {
      return line.name().equals(first.name()) && !isOf(line);
    }
  }

  /**
   * Succeeds if no anchor has a checkpoint of this origin that another key signed, that can't be
   * read, or that the ledger contradicts.
   *
   * @param end what is to be signed
   * @param own the keys that are to sign; empty if they would be made now
   * @param keyFile where the first is, or would be
   * @return what couldn't be looked at, in a sentence
   * @throws CheckpointRefusedException if one has
   */
  Optional<String> requireNone(String ledger, Checkpoint end, Optional<OwnKeys> own, Path keyFile) {
    List<String> unread = new ArrayList<>();
    try {
      for (AnchorReading each : anchors.read(end.origin())) {
        each.notes().ifPresent(found -> requireOwn(ledger, found, own, keyFile));
        each.notes()
            .filter(_ -> own.isPresent())
            .ifPresent(found -> requireExtended(ledger, found, end, own.orElseThrow().first()));
        each.notes().ifPresent(found -> requireReadable(ledger, found, keyFile));
        if (each.notes().isEmpty()) {
          unread.add(each.problem());
        }
      }
    } catch (AnchorException e) {
      unread.add(String.valueOf(e.getMessage()));
    }
    return unread.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "ledger %s: this key's first checkpoint, and it isn't known whether another key has signed before: %s"
                .formatted(ledger, String.join("; ", unread)));
  }

  private static void requireOwn(
      String ledger, AnchoredNotes found, Optional<OwnKeys> own, Path keyFile) {
    found.notes().stream()
        .filter(
            each ->
                own.filter(keys -> each.note().namesSigner(keys.first())).isEmpty()
                    || each.note().signatures().stream().anyMatch(own.orElseThrow()::isOther))
        .reduce((_, newest) -> newest)
        .ifPresent(
            each -> {
              throw substituted(ledger, each, own, keyFile);
            });
  }

  /** The tree is asked about the newest only: it extends the others if each was signed in turn. */
  private void requireExtended(
      String ledger, AnchoredNotes found, Checkpoint end, VerifierKey key) {
    for (Anchored each : found.notes()) {
      requireSigned(ledger, each, key);
    }
    found.notes().stream()
        .filter(each -> each.checkpoint().size() >= end.size() && !each.checkpoint().equals(end))
        .reduce((_, newest) -> newest)
        .ifPresent(
            each -> {
              throw contradicted(ledger, each, end);
            });
    found.notes().stream()
        .filter(each -> each.checkpoint().size() > 0 && each.checkpoint().size() < end.size())
        .reduce((_, newest) -> newest)
        .filter(each -> !tree.isExtended(each.checkpoint(), end))
        .ifPresent(
            each -> {
              throw contradicted(ledger, each, end);
            });
  }

  private static void requireSigned(String ledger, Anchored found, VerifierKey key) {
    try {
      found.note().verify(key);
    } catch (NoteSignatureException e) {
      throw new CheckpointRefusedException(
          "CHECKPOINT_FORGED: ledger %s: %s: %s. Nothing was signed. Find out who wrote the file; if it was put there by mistake, move it elsewhere"
              .formatted(ledger, found.source(), e.getMessage()));
    }
  }

  /** What lies there was published for this ledger, by a key that can't be told any more. */
  private static void requireReadable(String ledger, AnchoredNotes found, Path keyFile) {
    found.issues().stream()
        .findFirst()
        .ifPresent(
            issue -> {
              throw new CheckpointRefusedException(
                  "ledger %s: here is no checkpoint that was signed before, and %s %s: it can't be told whether the ledger contradicts it, or another key signed it. Nothing was signed. Restore %s from a backup; if the file says nothing, move it elsewhere"
                      .formatted(ledger, issue.file(), issue.problem(), keyFile.getParent()));
            });
  }

  private static CheckpointRefusedException contradicted(
      String ledger, Anchored found, Checkpoint end) {
    return new CheckpointRefusedException(
        "ledger %s: asked to sign size %d, root %s, but this home's key has signed size %d, root %s, in %s; entries are missing or were changed, or the database is an older backup. Nothing was signed. Run `ledger verify`"
            .formatted(
                ledger,
                end.size(),
                end.root(),
                found.checkpoint().size(),
                found.checkpoint().root(),
                found.source()));
  }

  private static CheckpointRefusedException substituted(
      String ledger, Anchored found, Optional<OwnKeys> own, Path keyFile) {
    return new CheckpointRefusedException(
        "KEY_SUBSTITUTED: ledger %s: %s is its checkpoint of size %d, signed with the key %s; %s. Nothing was signed: another key's checkpoints look like a stranger's. Restore %s from a backup; if the key is lost for good, begin a ledger of another name with --ledger, and tell those who trust the old key"
            .formatted(
                ledger,
                found.source(),
                found.checkpoint().size(),
                found.note().signatures().stream()
                    .map(EarlierSigners::named)
                    .collect(Collectors.joining(" and ")),
                own.map(keys -> having(keys, keyFile))
                    .orElse("here is none, %s is gone".formatted(keyFile)),
                keyFile.getParent()));
  }

  private static String having(OwnKeys keys, Path keyFile) {
    Path second = CheckpointSigners.cosignerFile(keyFile);
    return "%s has %s+%s, %s"
        .formatted(
            keyFile,
            keys.first().name(),
            keys.first().idHex(),
            keys.second()
                .map(key -> "%s has %s+%s".formatted(second, key.name(), key.idHex()))
                .orElse("%s is gone".formatted(second)));
  }

  private static String named(SignatureLine line) {
    return "%s+%s".formatted(line.name(), HexFormat.of().toHexDigits(line.keyId()));
  }
}
