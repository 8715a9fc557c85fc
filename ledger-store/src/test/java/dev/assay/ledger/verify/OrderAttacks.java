package dev.assay.ledger.verify;

import static dev.assay.ledger.verify.Attack.LAST;
import static dev.assay.ledger.verify.Attack.NONE;
import static dev.assay.ledger.verify.Attack.ONCE;
import static dev.assay.ledger.verify.Attack.inTile;
import static dev.assay.ledger.verify.Attack.of;
import static dev.assay.ledger.verify.IssueKind.ENTRIES_DELETED;
import static dev.assay.ledger.verify.IssueKind.ENTRIES_REORDERED;
import static dev.assay.ledger.verify.IssueKind.ENTRY_DUPLICATED;
import static dev.assay.ledger.verify.IssueKind.ENTRY_INSERTED;

import dev.assay.ledger.verify.Attack.Expected;
import java.util.List;

/** Attacks on which rows there are, and where. */
final class OrderAttacks {
  private static final String NO_TILE =
      "behind the last full tile, what was done: with all hashes rewritten only checkpoints disagree";

  static final List<Attack> ALL =
      List.of(
          of(
              ENTRIES_DELETED,
              "a row",
              (forger, size, i) -> forger.delete(i, i),
              (size, i) -> Expected.at(ENTRIES_DELETED, i)),
          of(
              ENTRIES_DELETED,
              "from there to the end",
              (forger, size, i) -> forger.delete(i, size),
              (size, i) -> Expected.range(ENTRIES_DELETED, i, size - 1)),
          of(
                  ENTRIES_DELETED,
                  "a row, the others closed up",
                  (forger, size, i) -> forger.delete(i, i).shift(i + 1, -1),
                  (size, i) -> Expected.at(ENTRIES_DELETED, i))
              .at((size, i) -> i < size - 1),
          of(
                  ENTRIES_DELETED,
                  "a row, closed up, hashes to the end, head",
                  (forger, size, i) ->
                      forger.delete(i, i).shift(i + 1, -1).hashesToTheEnd(i).head(),
                  (size, i) -> Expected.at(ENTRIES_DELETED, i))
              .at((size, i) -> i < size - 1 && inTile(size, i + 4L))
              .butUnknown(NO_TILE),
          of(
                  ENTRY_INSERTED,
                  "a row behind the last",
                  (forger, size, i) -> forger.copy(i, size, "'forged'"),
                  (size, i) -> Expected.at(ENTRY_INSERTED, size))
              .at(LAST),
          of(
                  ENTRY_INSERTED,
                  "a row before the first",
                  (forger, size, i) ->
                      forger
                          .sql(
                              "ALTER TABLE ledger.entries DROP CONSTRAINT IF EXISTS entries_index_check")
                          .copy(0, -1, "'forged'"),
                  (size, i) -> Expected.at(ENTRY_INSERTED, -1))
              .at(ONCE),
          of(
              ENTRY_INSERTED,
              "a row, the others moved on, head's size",
              (forger, size, i) ->
                  forger.shift(i, 1).copy(i + 1, i, "'forged'").head("size = size + 1"),
              (size, i) -> Expected.at(ENTRY_INSERTED, i)),
          of(
                  ENTRY_INSERTED,
                  "a row, moved on, hashes to the end, head",
                  (forger, size, i) ->
                      forger.shift(i, 1).copy(i + 1, i, "'forged'").hashesToTheEnd(i).head(),
                  (size, i) -> Expected.at(ENTRY_INSERTED, i))
              .at((size, i) -> inTile(size, i) && (i == size - 1 || inTile(size, i + 3L)))
              .butUnknown(NO_TILE),
          of(
                  ENTRIES_REORDERED,
                  "two rows, with their hashes",
                  (forger, size, i) -> forger.swap(i, i + 1),
                  (size, i) -> Expected.range(ENTRIES_REORDERED, i, i + 1L))
              .at((size, i) -> i < size - 1),
          of(
                  ENTRIES_REORDERED,
                  "first and last row, with their hashes",
                  (forger, size, i) -> forger.swap(0, size - 1),
                  (size, i) -> Expected.range(ENTRIES_REORDERED, 0, size - 1))
              .at((size, i) -> i == 0 && size > 1 && size <= 2_048),
          of(
                  ENTRIES_REORDERED,
                  "two contents, the hashes stay",
                  (forger, size, i) -> forger.swapContents(i, i + 1),
                  (size, i) -> Expected.range(ENTRIES_REORDERED, i, i + 1L))
              .at((size, i) -> i < size - 1),
          of(
                  ENTRIES_REORDERED,
                  "two rows, hashes to the end, head",
                  (forger, size, i) -> forger.swap(i, i + 1).hashesToTheEnd(i).head(),
                  (size, i) -> Expected.range(ENTRIES_REORDERED, i, i + 1L))
              .at((size, i) -> i < size - 1 && inTile(size, i + 1L))
              .butUnknown(NO_TILE),
          of(
              ENTRY_DUPLICATED,
              "a row again behind the last",
              (forger, size, i) -> forger.withoutKeyIndex().copy(i, size, "key"),
              (size, i) -> Expected.at(ENTRY_DUPLICATED, size)),
          of(
              ENTRY_DUPLICATED,
              "a row again as the last, hashes, tiles, head",
              (forger, size, i) ->
                  forger
                      .withoutKeyIndex()
                      .copy(i, size, "key")
                      .set(
                          size,
                          "recorded = (SELECT max(recorded) FROM ledger.entries WHERE index < %d)"
                              .formatted(size))
                      .hashesToTheEnd(size)
                      .tiles()
                      .head(),
              (size, i) -> Expected.at(ENTRY_DUPLICATED, size)),
          of(
                  ENTRY_DUPLICATED,
                  "a row again behind it, the others moved on, head's size; no checkpoint",
                  (forger, size, i) ->
                      forger
                          .withoutKeyIndex()
                          .shift(i + 1, 1)
                          .copy(i, i + 1, "key")
                          .head("size = size + 1"),
                  (size, i) -> Expected.at(ENTRY_DUPLICATED, i + 1L))
              .with(NONE));

  private OrderAttacks() {}
}
