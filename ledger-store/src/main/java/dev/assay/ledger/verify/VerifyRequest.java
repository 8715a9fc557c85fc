package dev.assay.ledger.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What to verify.
 *
 * @param ledger the ledger's name
 * @param pinned checkpoints from outside the database; without any the answer is unanchored
 * @param from a checkpoint from outside whose entries need not be read again; it counts as pinned,
 *     too. Where the tiles don't give its root all is read
 * @param duplicates whether keys are compared with each other; a measurement may leave it out
 * @param connections connections that read, 1 to 16; one more coordinates
 * @param progress told now and then how many entries are done, in the caller's thread
 */
public record VerifyRequest(
    String ledger,
    List<PinnedCheckpoint> pinned,
    Optional<PinnedCheckpoint> from,
    boolean duplicates,
    int connections,
    LongConsumer progress) {
  public VerifyRequest {
    pinned = List.copyOf(pinned);
    if (connections < 1 || connections > 16) {
      throw new IllegalArgumentException(
          "connections %d: from 1 to 16 are possible".formatted(connections));
    }
  }

  /** All of it, over two connections, without anchors and progress. */
  public static VerifyRequest of(String ledger) {
    return new VerifyRequest(ledger, List.of(), Optional.empty(), true, 2, _ -> {});
  }

  public VerifyRequest withPinned(List<PinnedCheckpoint> checkpoints) {
    return new VerifyRequest(ledger, checkpoints, from, duplicates, connections, progress);
  }

  /** Reads only what is newer than this checkpoint. */
  public VerifyRequest withFrom(PinnedCheckpoint checkpoint) {
    return new VerifyRequest(
        ledger, pinned, Optional.of(checkpoint), duplicates, connections, progress);
  }

  /** Reads all, and compares with what it would have rested on. */
  VerifyRequest readingAll() {
    List<PinnedCheckpoint> all = new ArrayList<>(pinned);
    from.ifPresent(all::add);
    return new VerifyRequest(ledger, all, Optional.empty(), duplicates, connections, progress);
  }

  /** Whether keys are compared with each other. */
  public VerifyRequest withDuplicates(boolean wanted) {
    return new VerifyRequest(ledger, pinned, from, wanted, connections, progress);
  }

  public VerifyRequest withProgress(LongConsumer consumer) {
    return new VerifyRequest(ledger, pinned, from, duplicates, connections, consumer);
  }
}
