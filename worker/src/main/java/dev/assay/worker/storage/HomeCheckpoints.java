package dev.assay.worker.storage;

import dev.assay.ledger.verify.PinnedCheckpoint;
import java.nio.file.Path;
import java.util.Optional;

/** What a home knows of signed checkpoints, without opening it or any database. */
public final class HomeCheckpoints {
  private HomeCheckpoints() {}

  /**
   * The last checkpoint of a ledger that a home signed, or got from its signer, with the key; empty
   * if the home isn't there, too.
   *
   * @throws StorageException if the file is no checkpoint
   */
  public static Optional<PinnedCheckpoint> last(Path home, String ledger) {
    return CheckpointFiles.readOnly(home.resolve("keys")).pinned(ledger);
  }

  /** {@link CheckpointFiles#lost}. */
  public static Optional<String> lost(Path home, String ledger) {
    return CheckpointFiles.readOnly(home.resolve("keys")).lost(ledger);
  }
}
