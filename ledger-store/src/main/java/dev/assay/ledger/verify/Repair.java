package dev.assay.ledger.verify;

import java.util.HexFormat;

/**
 * Statements that put right what the entries prove, for the tables' owner: the triggers refuse them
 * to everybody, so each takes its trigger away and puts it back in one transaction.
 */
final class Repair {
  private final String ledger;

  Repair(String ledger) {
    this.ledger = text(ledger);
  }

  /** The tile again, from the leaves or from the tiles below, and what its root must be. */
  String tile(WrongTile tile) {
    String rows =
        tile.level() == 0
            ? "string_agg(leaf_hash, ''::bytea ORDER BY index), %s FROM ledger.entries WHERE ledger = %s"
                .formatted(bytes(tile.root()), ledger)
            : "string_agg(root, ''::bytea ORDER BY index), %s FROM ledger.tiles WHERE ledger = %s AND level = %d"
                .formatted(bytes(tile.root()), ledger, tile.level() - 1);
    long first = 256 * tile.index();
    return "the entries prove the right tile; "
        + statement(
            "tiles",
            "tiles_append_only",
            "%s; INSERT INTO ledger.tiles SELECT %s, %d, %d, %s AND index BETWEEN %d AND %d"
                .formatted(
                    delete(tile.level(), tile.index()),
                    ledger,
                    tile.level(),
                    tile.index(),
                    rows,
                    first,
                    first + 255));
  }

  /** Away with a tile of leaves that were never there. */
  String withoutTile(int level, long index) {
    return "no entries stand behind it; "
        + statement("tiles", "tiles_append_only", delete(level, index));
  }

  /** The head that the entries give; its time is that of the last one. */
  String head(HeadRow right) {
    return "the entries prove the right head; " + update(ledger, right);
  }

  /** The head again where its row stands under the name of another ledger. */
  String movedHead(String from, HeadRow right) {
    return update(text(from), right);
  }

  private String update(String from, HeadRow right) {
    return statement(
        "heads",
        "heads_only_grow",
        "UPDATE ledger.heads SET ledger = %s, origin = %s, size = %d, chain_hash = %s, edge = %s, recorded = %s WHERE ledger = %s"
            .formatted(
                ledger,
                text(right.origin()),
                right.size(),
                bytes(right.chainHash()),
                bytes(right.edge()),
                right.size() == 0 ? "created" : recorded(right.size() - 1),
                from));
  }

  /** The head again where its row is gone. */
  String newHead(HeadRow right) {
    return "as the owner of the tables, run: INSERT INTO ledger.heads (ledger, origin, created, size, chain_hash, edge, recorded) VALUES (%s, %s, %s, %d, %s, %s, %s);"
        .formatted(
            ledger,
            text(right.origin()),
            recorded(0),
            right.size(),
            bytes(right.chainHash()),
            bytes(right.edge()),
            recorded(right.size() - 1));
  }

  private String recorded(long index) {
    return "(SELECT recorded FROM ledger.entries WHERE ledger = %s AND index = %d)"
        .formatted(ledger, index);
  }

  /** The hashes that a row's content proves. */
  String hashes(long index, byte[] leafHash, byte[] chainHash) {
    return "the content of row %d proves the right hashes; ".formatted(index)
        + statement(
            "entries",
            "entries_append_only",
            "UPDATE ledger.entries SET leaf_hash = %s, chain_hash = %s WHERE ledger = %s AND index = %d"
                .formatted(bytes(leafHash), bytes(chainHash), ledger, index));
  }

  private String delete(int level, long index) {
    return "DELETE FROM ledger.tiles WHERE ledger = %s AND level = %d AND index = %d"
        .formatted(ledger, level, index);
  }

  private static String statement(String table, String trigger, String statements) {
    return "as the owner of the tables, run: BEGIN; ALTER TABLE ledger.%s DISABLE TRIGGER %s; %s; ALTER TABLE ledger.%s ENABLE ALWAYS TRIGGER %s; COMMIT;"
        .formatted(table, trigger, statements, table, trigger);
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String bytes(byte[] value) {
    return "'\\x%s'::bytea".formatted(HexFormat.of().formatHex(value));
  }
}
