package dev.assay.ledger.verify;

import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares the stored tiles of level 1 and above with what the entries give. */
final class UpperTiles {
  private static final int TILE_BYTES = 256 * VerifierHashes.BYTES;

  private final Snapshot snapshot;
  private final VerifierHashes hashes = new VerifierHashes();
  private final List<ByteArrayOutputStream> levels = new ArrayList<>();
  private final List<Long> done = new ArrayList<>();
  private final List<WrongTile> wrong = new ArrayList<>();

  /** Goes on from a state at a multiple of 256. */
  UpperTiles(Snapshot snapshot, TreeState start) {
    this.snapshot = snapshot;
    for (int level = 1; level < start.unfinished().size(); level++) {
      ByteArrayOutputStream tile = new ByteArrayOutputStream();
      tile.writeBytes(start.unfinished().get(level));
      levels.add(tile);
      done.add(start.size() >>> (8 * (level + 1)));
    }
  }

  /** Roots of full tiles of level 0, in order. */
  void add(byte[] tileRoots) throws SQLException {
    for (int at = 0; at < tileRoots.length; at += VerifierHashes.BYTES) {
      add(1, Arrays.copyOfRange(tileRoots, at, at + VerifierHashes.BYTES));
    }
  }

  private void add(int level, byte[] hash) throws SQLException {
    while (levels.size() < level) {
      levels.add(new ByteArrayOutputStream());
      done.add(0L);
    }
    ByteArrayOutputStream current = levels.get(level - 1);
    current.writeBytes(hash);
    if (current.size() < TILE_BYTES) {
      return;
    }
    byte[] tile = current.toByteArray();
    current.reset();
    long index = done.get(level - 1);
    done.set(level - 1, index + 1);
    TileRow stored = snapshot.tiles(snapshot.coordinator(), level, index, index + 1).get(index);
    boolean same = stored != null && Arrays.equals(stored.hashes(), tile);
    byte[] root = hashes.fold(tile, 256);
    if (stored == null || !same || !Arrays.equals(stored.root(), root)) {
      wrong.add(new WrongTile(level, index, root));
    }
    add(level + 1, root);
  }

  List<WrongTile> wrong() {
    return wrong;
  }
}
