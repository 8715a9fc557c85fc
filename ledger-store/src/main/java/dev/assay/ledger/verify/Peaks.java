package dev.assay.ledger.verify;

import dev.assay.model.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Perfect subtrees, left to right, each at most as high as its left neighbour. */
final class Peaks {
  /** A perfect subtree of 2^height leaves. */
  record Peak(int height, byte[] hash) {}

  private final VerifierHashes hashes;
  private final Deque<Peak> peaks = new ArrayDeque<>();

  Peaks(VerifierHashes hashes) {
    this.hashes = hashes;
  }

  Peaks copy() {
    Peaks copy = new Peaks(hashes);
    copy.peaks.addAll(peaks);
    return copy;
  }

  /** Adds a subtree on the right; the leaves so far must be a multiple of its width. */
  void add(int height, byte[] hash) {
    Peak right = new Peak(height, hash);
    while (!peaks.isEmpty() && peaks.getLast().height() == right.height()) {
      Peak left = peaks.removeLast();
      right = new Peak(left.height() + 1, hashes.node(left.hash(), right.hash()));
    }
    peaks.addLast(right);
  }

  /** Adds all subtrees of {@code others}, which begin where these end. */
  void addAll(Peaks others) {
    others.peaks.forEach(peak -> add(peak.height(), peak.hash()));
  }

  Sha256 root() {
    Iterator<Peak> rightToLeft = peaks.descendingIterator();
    if (!rightToLeft.hasNext()) {
      return Sha256.of();
    }
    byte[] root = rightToLeft.next().hash();
    while (rightToLeft.hasNext()) {
      root = hashes.node(rightToLeft.next().hash(), root);
    }
    return Sha256.ofBytes(root);
  }

  /** The form of the head row's edge. */
  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    peaks.forEach(peak -> out.writeBytes(peak.hash()));
    return out.toByteArray();
  }
}
