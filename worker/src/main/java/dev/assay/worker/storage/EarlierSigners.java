package dev.assay.worker.storage;

import dev.assay.evidence.AnchorException;
import dev.assay.evidence.AnchoredNotes.Anchored;
import dev.assay.evidence.CheckpointRefusedException;
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

/**
 * Looks in a home's anchors, before a key signs a ledger here for the first time, whether another
 * one has. A home whose folder of keys was lost would else sign the same ledger with a new key,
 * which to everybody else is a stranger's.
 */
record EarlierSigners(Anchors anchors) {
  /**
   * Succeeds if no anchor has a checkpoint of this origin that another key signed.
   *
   * @param own the key that is to sign; empty if it would be made now
   * @param keyFile where it is, or would be
   * @return what couldn't be looked at, in a sentence
   * @throws CheckpointRefusedException if one has
   */
  Optional<String> requireNone(
      String ledger, String origin, Optional<VerifierKey> own, Path keyFile) {
    List<String> unread = new ArrayList<>();
    try {
      for (AnchorReading each : anchors.read(origin)) {
        each.notes().stream()
            .flatMap(found -> found.notes().stream())
            .filter(found -> own.filter(found.note()::namesSigner).isEmpty())
            .reduce((_, newest) -> newest)
            .ifPresent(
                found -> {
                  throw refused(ledger, found, own, keyFile);
                });
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

  private static CheckpointRefusedException refused(
      String ledger, Anchored found, Optional<VerifierKey> own, Path keyFile) {
    return new CheckpointRefusedException(
        "KEY_SUBSTITUTED: ledger %s: %s is its checkpoint of size %d, signed with the key %s; %s. Nothing was signed: another key's checkpoints look like a stranger's. Restore %s from a backup; if the key is lost for good, begin a ledger of another name with --ledger, and tell those who trust the old key"
            .formatted(
                ledger,
                found.source(),
                found.checkpoint().size(),
                found.note().signatures().stream()
                    .map(EarlierSigners::named)
                    .collect(Collectors.joining(" and ")),
                own.map(key -> "%s has %s+%s".formatted(keyFile, key.name(), key.idHex()))
                    .orElse("here is none, %s is gone".formatted(keyFile)),
                keyFile.getParent()));
  }

  private static String named(SignatureLine line) {
    return "%s+%s".formatted(line.name(), HexFormat.of().toHexDigits(line.keyId()));
  }
}
