package dev.assay.ledger.append;

import dev.assay.ledger.Receipt;
import dev.assay.ledger.entry.EntryBytes;
import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.tree.RightEdge;
import dev.assay.ledger.tree.Tile;
import dev.assay.ledger.tree.TileBuilder;
import dev.assay.model.digest.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one commit adds: entries with their hashes, full tiles, and the new head. Pure. */
record Extension(
    long firstIndex,
    long recorded,
    List<Placed> placed,
    List<Tile> tiles,
    long size,
    byte[] chainHash,
    byte[] edge) {

  /** Hashes the entries onto the head; {@code tiles} moves on with them. */
  static Extension of(
      HeadState head, List<EntryBytes> entries, TileBuilder tiles, EntryHashes hashes) {
    RightEdge edge = RightEdge.decode(hashes, head.size(), head.edge());
    Instant recorded = EntryBytes.instant(head.recorded());
    List<Placed> placed = new ArrayList<>(entries.size());
    List<Tile> full = new ArrayList<>();
    byte[] chain = head.chainHash();
    for (EntryBytes entry : entries) {
      long index = edge.size();
      byte[] encoded = entry.at(index, head.recorded());
      byte[] leaf = hashes.leaf(encoded, 0, encoded.length);
      chain = hashes.chain(chain, leaf);
      edge.add(leaf);
      tiles.add(leaf, full::add);
      placed.add(
          new Placed(
              entry, leaf, chain, new Receipt(index, Sha256.ofBytes(leaf), index + 1, recorded)));
    }
    return new Extension(
        head.size(), head.recorded(), placed, full, edge.size(), chain, edge.encode());
  }

  List<Receipt> receipts() {
    return placed.stream().map(Placed::receipt).toList();
  }
}
