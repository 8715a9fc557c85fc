package dev.assay.ledger.verify;

import static dev.assay.ledger.verify.Attack.NONE;
import static dev.assay.ledger.verify.Attack.ONCE;
import static dev.assay.ledger.verify.Attack.inTile;
import static dev.assay.ledger.verify.Attack.of;
import static dev.assay.ledger.verify.IssueKind.HEAD_EDITED;
import static dev.assay.ledger.verify.IssueKind.TILE_EDITED;

import dev.assay.ledger.verify.Attack.Expected;
import java.util.List;

/** Attacks on what is computed from the entries: tiles and head. */
final class DerivedAttacks {
  private static final String FLIP = "set_byte(%1$s, 40, get_byte(%1$s, 40) # 1)";

  static final List<Attack> ALL =
      List.of(
          of(
                  TILE_EDITED,
                  "a hash",
                  (forger, size, i) -> tile(forger, i, "hashes = " + FLIP.formatted("hashes")),
                  DerivedAttacks::tileOf)
              .at((size, i) -> inTile(size, i)),
          of(
                  TILE_EDITED,
                  "a hash; no checkpoint",
                  (forger, size, i) -> tile(forger, i, "hashes = " + FLIP.formatted("hashes")),
                  DerivedAttacks::tileOf)
              .at((size, i) -> inTile(size, i))
              .with(NONE),
          of(
                  TILE_EDITED,
                  "its root",
                  (forger, size, i) -> tile(forger, i, "root = sha256('x')"),
                  DerivedAttacks::tileOf)
              .at((size, i) -> inTile(size, i)),
          of(
                  TILE_EDITED,
                  "a hash, and its root so that it fits",
                  (forger, size, i) -> forger.consistentTile(0, i / 256, i % 256),
                  DerivedAttacks::tileOf)
              .at((size, i) -> inTile(size, i))
              .butUnknown("without a checkpoint it looks like an edited entry"),
          of(
                  TILE_EDITED,
                  "a tile gone",
                  (forger, size, i) ->
                      forger.sql("DELETE FROM ledger.tiles WHERE level = 0 AND index = " + i / 256),
                  DerivedAttacks::tileOf)
              .at((size, i) -> inTile(size, i)),
          of(
                  TILE_EDITED,
                  "a tile too many",
                  (forger, size, i) -> forger.extraTile(0, size / 256),
                  (size, i) ->
                      Expected.range(TILE_EDITED, size / 256 * 256L, size / 256 * 256L + 255))
              .at((size, i) -> i == 0 && size % 256 > 0)
              .butUnknown("without a checkpoint it looks like edited entries"),
          of(
                  TILE_EDITED,
                  "a hash of level 1",
                  (forger, size, i) ->
                      forger.sql(
                          "UPDATE ledger.tiles SET hashes = %s WHERE level = 1"
                              .formatted(FLIP.formatted("hashes"))),
                  (size, i) -> Expected.range(TILE_EDITED, 0, 65_535))
              .at((size, i) -> i == 0 && size >= 65_536),
          extraTile("a tile far behind the end", 0, 1_000_000, 256_000_000L, 256_000_255L),
          extraTile("a tile of level 6 too many", 6, 0, 0, (1L << 56) - 1),
          extraTile("a tile of level 7", 7, 0, -1, -1),
          extraTile("a tile of level 40", 40, 3, -1, -1),
          head("larger size", "size = size + 5"),
          head("enormous size", "size = 4611686018427387904"),
          head("size, edge emptied", "size = 70001, edge = ''"),
          head("size, edge emptied; no checkpoint", "size = 70001, edge = ''").with(NONE),
          head("size and chain hash", "size = size + 70001, chain_hash = sha256('x')"),
          head(
              "size, chain hash and edge of no tree",
              "size = 70001, chain_hash = sha256('x'), edge = sha256('x')"),
          head("smaller size", "size = size - 1"),
          of(
                  HEAD_EDITED,
                  "set back by one entry",
                  (forger, size, i) -> forger.headOf(size - 1),
                  (size, i) -> Expected.whole(HEAD_EDITED))
              .at((size, i) -> i == 0 && size > 1),
          of(
                  HEAD_EDITED,
                  "set back by 300 entries; no checkpoint",
                  (forger, size, i) -> forger.headOf(size - 300),
                  (size, i) -> Expected.whole(HEAD_EDITED))
              .at((size, i) -> i == 0 && size > 300)
              .with(NONE)
              .butUnknown("rows behind the last full tile that no checkpoint covers"),
          of(
                  HEAD_EDITED,
                  "row deleted",
                  (forger, size, i) -> forger.sql("DELETE FROM ledger.heads"),
                  (size, i) -> Expected.whole(HEAD_EDITED))
              .at(ONCE),
          of(
                  HEAD_EDITED,
                  "row deleted; no checkpoint",
                  (forger, size, i) -> forger.sql("DELETE FROM ledger.heads"),
                  (size, i) -> Expected.whole(HEAD_EDITED))
              .at(ONCE)
              .with(NONE),
          head("time, later", "recorded = '2130-01-01Z'"),
          head("time, infinite", "recorded = 'infinity'"),
          head("time, earlier", "recorded = recorded - interval '1 microsecond'"),
          head("chain hash", "chain_hash = sha256('x')"),
          head("edge", "edge = set_byte(edge, 0, get_byte(edge, 0) # 1)"),
          head(
              "chain hash and edge",
              "chain_hash = sha256('x'), edge = set_byte(edge, 0, get_byte(edge, 0) # 1)"),
          head("origin", "origin = 'assay/main/elsewhere'"));

  private DerivedAttacks() {}

  private static Forger tile(Forger forger, int place, String assignment) {
    return forger.sql(
        "UPDATE ledger.tiles SET %s WHERE level = 0 AND index = %d"
            .formatted(assignment, place / 256));
  }

  private static Expected tileOf(int size, long place) {
    return Expected.range(TILE_EDITED, place / 256 * 256, place / 256 * 256 + 255);
  }

  private static Attack extraTile(String what, int level, long index, long from, long to) {
    return of(
            TILE_EDITED,
            what,
            (forger, size, i) -> forger.extraTile(level, index),
            (size, i) -> Expected.range(TILE_EDITED, from, to))
        .at(ONCE);
  }

  private static Attack head(String what, String assignment) {
    return of(
            HEAD_EDITED,
            what,
            (forger, size, i) -> forger.head(assignment),
            (size, i) -> Expected.whole(HEAD_EDITED))
        .at(ONCE);
  }
}
