package dev.assay.ledger.verify;

import static dev.assay.ledger.verify.Attack.LAST;
import static dev.assay.ledger.verify.Attack.NONE;
import static dev.assay.ledger.verify.Attack.inTile;
import static dev.assay.ledger.verify.Attack.of;
import static dev.assay.ledger.verify.IssueKind.ENTRY_EDITED;
import static dev.assay.ledger.verify.IssueKind.HASH_EDITED;
import static dev.assay.ledger.verify.IssueKind.TIME_REGRESSED;

import dev.assay.ledger.verify.Attack.Expected;
import java.util.List;

/** Attacks on single rows. */
final class EntryAttacks {
  private static final String EARLIER =
      "recorded = (SELECT b.recorded FROM ledger.entries b WHERE b.index = entries.index - 1) - interval '1 microsecond'";
  private static final String LATER =
      "recorded = (SELECT b.recorded FROM ledger.entries b WHERE b.index = entries.index + 1) + interval '1 microsecond'";

  private static final String NEIGHBOUR =
      "behind the last full tile, which of two neighbours it was";
  private static final String SUBTREE =
      "behind the last full tile, which entry of a subtree of the edge it was";

  static final List<Attack> ALL =
      List.of(
          of(
              ENTRY_EDITED,
              "content",
              (forger, size, i) -> forger.edit(i),
              (size, i) -> Expected.at(ENTRY_EDITED, i)),
          of(
                  ENTRY_EDITED,
                  "content, no checkpoint",
                  (forger, size, i) -> forger.edit(i),
                  (size, i) -> Expected.at(ENTRY_EDITED, i))
              .with(NONE),
          of(
              ENTRY_EDITED,
              "content, indexes dropped",
              (forger, size, i) -> forger.withoutIndexes().edit(i),
              (size, i) -> Expected.at(ENTRY_EDITED, i)),
          of(
                  ENTRY_EDITED,
                  "content and its leaf hash",
                  (forger, size, i) -> forger.edit(i).leaf(i),
                  (size, i) ->
                      inTile(size, i) || i == 0
                          ? Expected.at(ENTRY_EDITED, i)
                          : Expected.among(ENTRY_EDITED, i - 1, i))
              .butUnknown(NEIGHBOUR),
          of(
                  ENTRY_EDITED,
                  "content, its leaf and chain hash",
                  (forger, size, i) -> forger.edit(i).leafAndChain(i),
                  (size, i) ->
                      inTile(size, i)
                          ? Expected.at(ENTRY_EDITED, i)
                          : i == size - 1
                              ? Attack.subtree(ENTRY_EDITED, size, i)
                              : Expected.among(ENTRY_EDITED, i, i + 1))
              .butUnknown(NEIGHBOUR),
          of(
                  ENTRY_EDITED,
                  "content, hashes to the end",
                  (forger, size, i) -> forger.edit(i).hashesToTheEnd(i),
                  (size, i) ->
                      inTile(size, i)
                          ? Expected.at(ENTRY_EDITED, i)
                          : Attack.subtree(ENTRY_EDITED, size, i))
              .butUnknown(SUBTREE),
          of(
                  ENTRY_EDITED,
                  "content, hashes to the end, head",
                  (forger, size, i) -> forger.edit(i).hashesToTheEnd(i).head(),
                  (size, i) ->
                      inTile(size, i)
                          ? Expected.at(ENTRY_EDITED, i)
                          : Attack.betweenCheckpoints(size, i))
              .butUnknown("behind the last full tile, which entry between two checkpoints it was"),
          of(
                  ENTRY_EDITED,
                  "content, hashes to the end, head; no checkpoint",
                  (forger, size, i) -> forger.edit(i).hashesToTheEnd(i).head(),
                  (size, i) -> Expected.at(ENTRY_EDITED, i))
              .at((size, i) -> inTile(size, i))
              .with(NONE)
              .butUnknown("anything behind the last full tile: it is intact, and unanchored"),
          of(
              HASH_EDITED,
              "leaf hash",
              (forger, size, i) -> forger.flip(i, "leaf_hash"),
              (size, i) -> Expected.at(HASH_EDITED, i)),
          of(
              HASH_EDITED,
              "chain hash",
              (forger, size, i) -> forger.flip(i, "chain_hash"),
              (size, i) -> Expected.at(HASH_EDITED, i)),
          of(
              HASH_EDITED,
              "both",
              (forger, size, i) -> forger.flip(i, "leaf_hash").flip(i, "chain_hash"),
              (size, i) -> Expected.at(HASH_EDITED, i)),
          of(
                  TIME_REGRESSED,
                  "before its predecessor; hashes to the end, head, tiles; no checkpoint",
                  (forger, size, i) -> forger.set(i, EARLIER).hashesToTheEnd(i).tiles().head(),
                  (size, i) -> Expected.among(TIME_REGRESSED, i - 1, i))
              .at((size, i) -> i > 0)
              .with(NONE)
              .butUnknown("which of the two times was changed; a time between those beside it"),
          of(
                  TIME_REGRESSED,
                  "after its successor; hashes to the end, head, tiles; no checkpoint",
                  (forger, size, i) -> forger.set(i, LATER).hashesToTheEnd(i).tiles().head(),
                  (size, i) -> Expected.among(TIME_REGRESSED, i, i + 1))
              .at((size, i) -> !LAST.exist(size, i))
              .with(NONE)
              .butUnknown("which of the two times was changed; a time between those beside it"));

  private EntryAttacks() {}
}
