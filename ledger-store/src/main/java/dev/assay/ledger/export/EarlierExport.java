package dev.assay.ledger.export;

import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.ledger.proof.TileSource;
import dev.assay.ledger.tree.RightEdge;
import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * What an export in a folder has already, and a later one relies on: full tiles and their bundles.
 * Each is read whole, once, which is what the folder's next reader would have to do.
 */
final class EarlierExport {
  private static final int WIDTH = 256;
  private static final int TILE_BYTES = WIDTH * 32;
  private static final int BUNDLE_BYTES = WIDTH * (2 + 65_535);

  private final Path folder;
  private final TileSource tiles;
  private final LongConsumer progress;

  /**
   * @param tiles of the ledger, which begins with what the folder's checkpoint covers
   */
  EarlierExport(Path folder, TileSource tiles, LongConsumer progress) {
    this.folder = folder;
    this.tiles = tiles;
    this.progress = progress;
  }

  /**
   * The root of the tree whose full tiles the folder holds; an unfinished tile, which is written
   * anew, is the ledger's.
   *
   * @param size of the folder's checkpoint
   * @throws ExportException if a file is missing or isn't what the ledger has there, with its name
   */
  Sha256 root(long size) throws IOException {
    RightEdge edge = new RightEdge(new EntryHashes());
    for (long tile = 0; tile < size / WIDTH; tile++) {
      byte[] leaves = requireTile(0, tile);
      requireBundle(tile, leaves);
      extend(edge, leaves);
      progress.accept((tile + 1) * WIDTH);
    }
    int rest = (int) (size % WIDTH);
    if (rest > 0) {
      extend(edge, tiles.hashes(0, size / WIDTH, rest));
    }
    long above = size / WIDTH;
    for (int level = 1; above >= WIDTH; level++, above /= WIDTH) {
      for (long tile = 0; tile < above / WIDTH; tile++) {
        requireTile(level, tile);
      }
    }
    return edge.root();
  }

  private static void extend(RightEdge edge, byte[] leaves) {
    for (int at = 0; at < leaves.length; at += 32) {
      edge.add(Arrays.copyOfRange(leaves, at, at + 32));
    }
  }

  private byte[] requireTile(int level, long tile) throws IOException {
    String path = TilePath.of(level, tile, WIDTH);
    byte[] found = read(path, TILE_BYTES);
    if (found.length != TILE_BYTES) {
      throw damaged(path, "has %d bytes, a tile has %d".formatted(found.length, TILE_BYTES));
    }
    if (!Arrays.equals(found, tiles.hashes(level, tile, WIDTH))) {
      throw damaged(path, "isn't the tile that the ledger has there");
    }
    return found;
  }

  private void requireBundle(long tile, byte[] leaves) throws IOException {
    String path = TilePath.entries(tile, WIDTH);
    byte[] bundle = read(path, BUNDLE_BYTES);
    ByteBuffer lengths = ByteBuffer.wrap(bundle);
    int at = 0;
    for (int i = 0; i < WIDTH; i++) {
      int length = at + 2 > bundle.length ? -1 : Short.toUnsignedInt(lengths.getShort(at));
      if (length < 0 || at + 2 + length > bundle.length) {
        throw damaged(path, "ends within entry %d".formatted(tile * WIDTH + i));
      }
      byte[] leaf =
          PlainEntry.leafHash(Arrays.copyOfRange(bundle, at + 2, at + 2 + length)).bytes();
      if (!Arrays.equals(leaf, 0, 32, leaves, 32 * i, 32 * i + 32)) {
        throw damaged(path, "has another entry %d than its tile".formatted(tile * WIDTH + i));
      }
      at += 2 + length;
    }
    if (at != bundle.length) {
      throw damaged(path, "goes on behind its last entry");
    }
  }

  private byte[] read(String path, int most) throws IOException {
    Path file = folder.resolve(path);
    if (Files.notExists(file)) {
      throw damaged(path, "is missing");
    }
    if (!Files.isRegularFile(file)) {
      throw damaged(path, "is no plain file");
    }
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(most + 1);
    }
  }

  private ExportException damaged(String path, String what) {
    return new ExportException(
        "%s %s. Nothing was exported: put that file back from a copy, or remove %s, and all files are written again. If 'assay ledger verify' finds the ledger intact, the folder was changed: find out by whom"
            .formatted(folder.resolve(path), what, folder.resolve("checkpoint")));
  }
}
