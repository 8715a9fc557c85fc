package dev.assay.ledger.proof;

import dev.assay.model.digest.Sha256;
import java.util.List;

/**
 * Shows that a leaf stands at an index of a tree. Source: RFC 6962 section 2.1.1; how it is
 * checked: RFC 9162 section 2.1.3.2.
 *
 * @param index of the leaf, from 0, below {@code size}
 * @param size leaves of the tree
 * @param path hashes from the leaf's sibling up to a child of the root, at most 63
 */
public record InclusionProof(long index, long size, List<Sha256> path) {
  public InclusionProof {
    path = List.copyOf(path);
    if (index < 0 || index >= size) {
      throw new ProofException(
          "an inclusion proof for entry %d of a tree of size %d: the index must be from 0 to size - 1"
              .formatted(index, size));
    }
    int expected = length(index, size);
    if (path.size() != expected) {
      throw new ProofException(
          "entry %d of a tree of size %d: its proof has %d hashes, expected %d"
              .formatted(index, size, path.size(), expected));
    }
  }

  /** The tree's root, if the leaf with this hash stands at the index. */
  public Sha256 root(Sha256 leafHash) {
    byte[] hash = leafHash.bytes();
    long node = index;
    long last = size - 1;
    for (Sha256 sibling : path) {
      if ((node & 1) == 1 || node == last) {
        hash = Nodes.hash(sibling.bytes(), hash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = Nodes.hash(hash, sibling.bytes());
      }
      node >>>= 1;
      last >>>= 1;
    }
    return Sha256.ofBytes(hash);
  }

  /** Whether the leaf with this hash stands at the index of the tree with this root. */
  public boolean proves(Sha256 leafHash, Sha256 root) {
    return root(leafHash).equals(root);
  }

  /** A sibling at each level where there is one: on the right edge a left one, else either. */
  private static int length(long index, long size) {
    int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
    return inner + Long.bitCount(index >>> inner);
  }
}
