package dev.assay.ledger.verify;

import static dev.assay.ledger.verify.Attack.ONCE;
import static dev.assay.ledger.verify.Attack.of;
import static dev.assay.ledger.verify.IssueKind.CHAIN_REWRITTEN;
import static dev.assay.ledger.verify.IssueKind.CHECKPOINT_FORGED;
import static dev.assay.ledger.verify.IssueKind.FORKED;
import static dev.assay.ledger.verify.IssueKind.KEY_SUBSTITUTED;
import static dev.assay.ledger.verify.IssueKind.TAIL_TRUNCATED;

import dev.assay.evidence.SignedNote;
import dev.assay.ledger.verify.Attack.Expected;
import dev.assay.model.digest.Sha256;
import java.util.ArrayList;
import java.util.List;

/** Attacks that only checkpoints from outside tell, and attacks on these. */
final class HistoryAttacks {
  private static final Sha256 OTHER_ROOT = Sha256.of(new byte[] {1});
  private static final String IN_BETWEEN = "which entry between two checkpoints it was";

  static final List<Attack> ALL =
      List.of(
          of(
                  TAIL_TRUNCATED,
                  "cut off, tiles and head as they were then",
                  (forger, size, i) -> forger.delete(i, size).tiles().head(),
                  (size, i) -> Expected.range(TAIL_TRUNCATED, i, size - 1))
              .at((size, i) -> i > 0),
          of(
                  TAIL_TRUNCATED,
                  "cut off, head as it was then, tiles stay; no checkpoint",
                  (forger, size, i) -> forger.delete(i, size).head(),
                  (size, i) -> Expected.range(TAIL_TRUNCATED, i, size / 256 * 256L - 1))
              .at((size, i) -> i > 0 && Attack.inTile(size, i))
              .with(Attack.NONE)
              .butUnknown("what no full tile held"),
          of(
                  CHAIN_REWRITTEN,
                  "content, hashes to the end, tiles, head",
                  (forger, size, i) -> forger.edit(i).hashesToTheEnd(i).tiles().head(),
                  Attack::betweenCheckpoints)
              .butUnknown(IN_BETWEEN),
          of(
                  CHAIN_REWRITTEN,
                  "content, hashes to the end, tiles of level 0, head; those above named beside it",
                  (forger, size, i) -> forger.edit(i).hashesToTheEnd(i).tilesOfLevel0().head(),
                  (size, i) -> Attack.betweenCheckpoints(size, i).beside(IssueKind.TILE_EDITED))
              .at((size, i) -> i < size / 65_536 * 65_536)
              .butUnknown(IN_BETWEEN),
          of(
                  CHAIN_REWRITTEN,
                  "two rows swapped, hashes to the end, tiles, head",
                  (forger, size, i) -> forger.swap(i, i + 1).hashesToTheEnd(i).tiles().head(),
                  Attack::betweenCheckpoints)
              .at((size, i) -> i > 0 && i < size - 1)
              .butUnknown(IN_BETWEEN),
          of(
                  FORKED,
                  "one more note of the same size, other root",
                  (forger, size, i) -> {},
                  (size, i) -> Expected.range(FORKED, size / 2, size - 1))
              .at(ONCE)
              .with(
                  ledger ->
                      more(
                          ledger,
                          ledger.pin(ledger.checkpoint(ledger.size(), OTHER_ROOT), "other.note"))),
          of(
                  FORKED,
                  "one more note of a smaller size, other root",
                  (forger, size, i) -> {},
                  (size, i) -> Expected.range(FORKED, size / 2, size - 2))
              .at((size, i) -> i == 0 && size > 3)
              .with(
                  ledger ->
                      more(
                          ledger,
                          ledger.pin(
                              ledger.checkpoint(ledger.size() - 1, OTHER_ROOT), "other.note"))),
          of(
                  FORKED,
                  "all rewritten and signed again with the ledger's own key",
                  (forger, size, i) -> forger.edit(i).hashesToTheEnd(i).tiles().head(),
                  (size, i) ->
                      i < size / 2
                          ? Expected.among(FORKED, 0, size / 2 - 1)
                          : Expected.among(FORKED, size / 2, size - 1))
              .with(ledger -> more(ledger, ledger.pin(ledger.checkpointNow(), "new.note")))
              .butUnknown(IN_BETWEEN + "; which of the two histories is the true one"),
          of(
                  CHECKPOINT_FORGED,
                  "size in the note",
                  (forger, size, i) -> {},
                  (size, i) -> Expected.whole(CHECKPOINT_FORGED))
              .at(ONCE)
              .with(
                  ledger ->
                      replaced(
                          ledger,
                          text ->
                              text.replace(
                                  "\n" + ledger.size() + "\n", "\n" + ledger.size() + "1\n"))),
          of(
                  CHECKPOINT_FORGED,
                  "rewritten, the new root in the old note",
                  (forger, size, i) -> forger.edit(i).hashesToTheEnd(i).tiles().head(),
                  (size, i) -> Expected.whole(CHECKPOINT_FORGED))
              .at((size, i) -> i >= size / 2)
              .with(
                  ledger ->
                      replaced(
                          ledger,
                          text ->
                              ledger.checkpointNow().text()
                                  + text.substring(text.indexOf("\n\n") + 1)))
              .butUnknown("that the entries were rewritten, as no good checkpoint covers them"),
          of(
                  KEY_SUBSTITUTED,
                  "rewritten, signed again by another key",
                  (forger, size, i) -> forger.edit(i).hashesToTheEnd(i).tiles().head(),
                  (size, i) -> Expected.whole(KEY_SUBSTITUTED))
              .at((size, i) -> i >= size / 2)
              .with(
                  ledger -> instead(ledger, ledger.byStranger(ledger.checkpointNow(), "all.note")))
              .butUnknown("that the entries were rewritten, as no good checkpoint covers them"));

  private HistoryAttacks() {}

  private interface Change {
    String of(String note);
  }

  private static List<PinnedCheckpoint> more(TamperedLedger ledger, PinnedCheckpoint one) {
    List<PinnedCheckpoint> pins = new ArrayList<>(ledger.pins());
    pins.add(one);
    return pins;
  }

  private static List<PinnedCheckpoint> instead(TamperedLedger ledger, PinnedCheckpoint one) {
    List<PinnedCheckpoint> pins = new ArrayList<>(ledger.pins());
    pins.set(pins.size() - 1, one);
    return pins;
  }

  private static List<PinnedCheckpoint> replaced(TamperedLedger ledger, Change change) {
    PinnedCheckpoint last = ledger.pins().getLast();
    SignedNote note = SignedNote.parse(change.of(last.note().toString()));
    return instead(ledger, new PinnedCheckpoint(note, last.key(), last.source()));
  }
}
