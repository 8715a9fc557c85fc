package dev.assay.ledger.verify;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * What to verify.
 *
 * @param ledger the ledger's name
 * @param pinned checkpoints from outside the database; without any the answer is unanchored
 * @param connections connections that read, 1 to 16; one more coordinates
 * @param progress told now and then how many entries are done, in the caller's thread
 */
public record VerifyRequest(
    String ledger, List<PinnedCheckpoint> pinned, int connections, LongConsumer progress) {
  public VerifyRequest {
    pinned = List.copyOf(pinned);
    if (connections < 1 || connections > 16) {
      throw new IllegalArgumentException(
          "connections %d: from 1 to 16 are possible".formatted(connections));
    }
  }

  /** Over two connections, without anchors and progress. */
  public static VerifyRequest of(String ledger) {
    return new VerifyRequest(ledger, List.of(), 2, _ -> {});
  }

  public VerifyRequest withPinned(List<PinnedCheckpoint> checkpoints) {
    return new VerifyRequest(ledger, checkpoints, connections, progress);
  }

  public VerifyRequest withProgress(LongConsumer consumer) {
    return new VerifyRequest(ledger, pinned, connections, consumer);
  }
}
