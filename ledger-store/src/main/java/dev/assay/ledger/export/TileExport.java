package dev.assay.ledger.export;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.proof.TileSource;
import dev.assay.ledger.proof.TreeProofs;
import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Writes a ledger as tlog-tiles: tiles, entry bundles, then the checkpoint. An earlier export in
 * the same folder is extended, if the ledger still begins with what that one's checkpoint covers.
 * Source: c2sp.org/tlog-tiles.
 */
public final class TileExport {
  private static final int WIDTH = 256;

  private final LedgerReader reader;
  private final TileSource tiles;
  private final LongConsumer progress;
  private long files;

  /**
   * An export of the reader's ledger.
   *
   * @param progress told now and then how many entries are done
   */
  public TileExport(LedgerReader reader, TileSource tiles, LongConsumer progress) {
    this.reader = reader;
    this.tiles = tiles;
    this.progress = progress;
  }

  /**
   * What was written.
   *
   * @param from size of the earlier export that was extended; 0 for none
   * @param files written now, the checkpoint among them
   */
  public record Written(Checkpoint checkpoint, long from, long files) {}

  /**
   * Writes what the folder doesn't have yet, up to a checkpoint.
   *
   * @param key what signed it, and must have signed an earlier export's
   * @throws ExportException if the folder holds something else, or an earlier export that is
   *     damaged
   * @throws LedgerDamagedException if the ledger doesn't fit the checkpoint, or the earlier one
   */
  public Written write(Path folder, SignedNote note, VerifierKey key) throws IOException {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    TreeProofs proofs = new TreeProofs(tiles);
    requireRoot(proofs.root(checkpoint.size()), checkpoint, "the checkpoint to export");
    ExportFolder out = new ExportFolder(folder);
    long from = earlier(out.checkpoint(), checkpoint, key, folder, proofs);
    writeEntries(out, from, checkpoint.size());
    writeUpperTiles(out, from, checkpoint.size());
    out.putCheckpoint(note);
    return new Written(checkpoint, from, files + 1);
  }

  /** Size of the earlier export, whose full tiles and bundles were read and are good. */
  private long earlier(
      Optional<SignedNote> note, Checkpoint now, VerifierKey key, Path folder, TreeProofs proofs)
      throws IOException {
    if (note.isEmpty()) {
      return 0;
    }
    Checkpoint before;
    try {
      note.get().verify(key);
      before = Checkpoint.parse(note.get().text());
    } catch (NoteException | NoteSignatureException e) {
      throw new ExportException(
          "%s/checkpoint isn't a checkpoint of this ledger's key: %s. Name another folder"
              .formatted(folder, e.getMessage()));
    }
    if (!before.origin().equals(now.origin()) || before.size() > now.size()) {
      throw new ExportException(
          "%s has an export of %s with %d entries, which %s with %d can't extend; name another folder"
              .formatted(folder, before.origin(), before.size(), now.origin(), now.size()));
    }
    requireRoot(proofs.root(before.size()), before, folder + "/checkpoint");
    Sha256 exported = new EarlierExport(folder, tiles, progress).root(before.size());
    requireRoot(exported, before, folder + "/checkpoint");
    return before.size();
  }

  private static void requireRoot(Sha256 root, Checkpoint checkpoint, String what) {
    if (!root.equals(checkpoint.root())) {
      throw new LedgerDamagedException(
          "%s: at size %d the ledger's tiles give root %s, the checkpoint %s has %s. Nothing was exported; run 'assay ledger verify'"
              .formatted(checkpoint.origin(), checkpoint.size(), root, what, checkpoint.root()));
    }
  }

  private void writeEntries(ExportFolder out, long from, long size) throws IOException {
    long firstTile = from / WIDTH;
    EntryBundles bundles = new EntryBundles(reader, firstTile * WIDTH);
    for (long tile = firstTile; tile * WIDTH < size; tile++) {
      int width = width(size, tile);
      byte[] leaves = tiles.hashes(0, tile, width);
      put(out, TilePath.entries(tile, width), bundles.next(leaves), width);
      put(out, TilePath.of(0, tile, width), leaves, width);
      progress.accept(tile * WIDTH + width);
    }
  }

  private void writeUpperTiles(ExportFolder out, long from, long size) throws IOException {
    long done = from / WIDTH;
    long wanted = size / WIDTH;
    for (int level = 1; wanted > 0; level++, done /= WIDTH, wanted /= WIDTH) {
      for (long tile = done / WIDTH; tile * WIDTH < wanted; tile++) {
        int width = width(wanted, tile);
        put(out, TilePath.of(level, tile, width), tiles.hashes(level, tile, width), width);
      }
    }
  }

  private static int width(long size, long tile) {
    return (int) Math.min(WIDTH, size - tile * WIDTH);
  }

  private void put(ExportFolder out, String path, byte[] content, int width) throws IOException {
    out.put(path, content);
    files++;
    if (width == WIDTH) {
      out.removePartials(path);
    }
  }
}
