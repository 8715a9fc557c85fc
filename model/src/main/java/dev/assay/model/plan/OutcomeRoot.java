package dev.assay.model.plan;

import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;

/**
 * Collects an outcome root: the Merkle root over the plan digest, then (run digest ‖ findings
 * digest) of each run in plan order. Equal inputs give an equal root on any machine, with any
 * parallelism. Not safe for use by several threads.
 */
public final class OutcomeRoot {
  private final MerkleRoot tree = new MerkleRoot();

  private OutcomeRoot() {}

  /** The root of a whole validation; its first leaf is the plan digest. */
  public static OutcomeRoot ofPlan(Sha256 planDigest) {
    OutcomeRoot root = new OutcomeRoot();
    root.tree.add(planDigest.bytes());
    return root;
  }

  /** The findings root of one shard: the same leaves without the plan's. */
  public static OutcomeRoot ofShard() {
    return new OutcomeRoot();
  }

  /** The next run in plan order. */
  public OutcomeRoot add(Sha256 runDigest, Sha256 findingsDigest) {
    tree.add(runDigest.bytes(), findingsDigest.bytes());
    return this;
  }

  /** The root of what was added so far. */
  public Sha256 root() {
    return tree.root();
  }
}
