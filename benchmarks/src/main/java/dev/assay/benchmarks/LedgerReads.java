package dev.assay.benchmarks;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.benchmarks.corpus.LedgerEntries;
import dev.assay.benchmarks.harness.Samples;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.proof.EntryProver;
import dev.assay.worker.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Proofs and checkpoints of a large ledger, one at a time, each from nothing. */
final class LedgerReads {
  /** Unmeasured ones first. */
  private static final int WARM = 200;

  private final Stack stack;
  private final String ledger;
  private int appended = 1_900_000_000;

  LedgerReads(Stack stack, String ledger) {
    this.stack = stack;
    this.ledger = ledger;
  }

  /** Of random entries: root at the checkpoint's size, entry, proof, and its check. */
  Samples proofs(int count) {
    LedgerReader reader = stack.storage().reader(ledger);
    SignedEnd end = stack.storage().signEnd(ledger);
    Random random = new Random(1);
    List<Double> millis = new ArrayList<>();
    for (int i = -WARM; i < count; i++) {
      long index = random.nextLong(end.checkpoint().size());
      long start = System.nanoTime();
      new EntryProver(reader, Ledgers.tiles(stack.storage().dataSource(), ledger), end.note())
          .inclusion(index);
      if (i >= 0) {
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    return new Samples("inclusion proof of a random entry", "ms", millis);
  }

  /** Each after one more entry: reading the head, checking, two signatures, the state on disk. */
  Samples checkpoints(int count) {
    List<Double> millis = new ArrayList<>();
    for (int i = -WARM / 10; i < count; i++) {
      stack.storage().ledger(ledger).append(LedgerEntries.verdict(appended++));
      long start = System.nanoTime();
      stack.storage().signEnd(ledger);
      if (i >= 0) {
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    return new Samples("checkpoint", "ms", millis);
  }
}
