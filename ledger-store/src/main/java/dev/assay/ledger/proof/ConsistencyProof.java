package dev.assay.ledger.proof;

import dev.assay.model.digest.Sha256;
import java.util.List;

/**
 * Shows that a tree begins with a smaller one: nothing in that was changed. Source: RFC 6962
 * section 2.1.2; how it is checked: RFC 9162 section 2.1.4.2.
 *
 * @param from leaves of the smaller tree, at least 1
 * @param to leaves of the larger tree, at least {@code from}
 * @param path at most 64 hashes; none if the sizes are equal
 */
public record ConsistencyProof(long from, long to, List<Sha256> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
    if (from < 1 || from > to) {
      throw new ProofException(
          "a consistency proof from size %d to size %d: expected 1 ≤ from ≤ to"
              .formatted(from, to));
    }
    int expected = length(from, to);
    if (path.size() != expected) {
      throw new ProofException(
          "consistency of sizes %d and %d: the proof has %d hashes, expected %d"
              .formatted(from, to, path.size(), expected));
    }
  }

  /** Whether the tree with root {@code toRoot} begins with the one with root {@code fromRoot}. */
  public boolean proves(Sha256 fromRoot, Sha256 toRoot) {
    if (from == to) {
      return fromRoot.equals(toRoot);
    }
    int shift = Long.numberOfTrailingZeros(from);
    long node = (from - 1) >>> shift;
    long last = (to - 1) >>> shift;
    boolean perfect = Long.bitCount(from) == 1;
    byte[] small = perfect ? fromRoot.bytes() : path.getFirst().bytes();
    byte[] large = small;
    for (Sha256 next : perfect ? path : path.subList(1, path.size())) {
      byte[] hash = next.bytes();
      if ((node & 1) == 1 || node == last) {
        small = Nodes.hash(hash, small);
        large = Nodes.hash(hash, large);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        large = Nodes.hash(large, hash);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return Sha256.ofBytes(small).equals(fromRoot) && Sha256.ofBytes(large).equals(toRoot);
  }

  private static int length(long from, long to) {
    if (from == to) {
      return 0;
    }
    int shift = Long.numberOfTrailingZeros(from);
    long node = (from - 1) >>> shift;
    long last = (to - 1) >>> shift;
    int inner = Long.SIZE - Long.numberOfLeadingZeros(node ^ last);
    int own = Long.bitCount(from) == 1 ? 0 : 1;
    return own + inner + Long.bitCount(node >>> inner);
  }
}
