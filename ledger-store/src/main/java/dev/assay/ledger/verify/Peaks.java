package dev.assay.ledger.verify;

import dev.assay.model.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/** Perfect subtrees, left to right, each at most as high as its left neighbour. */
final class Peaks {
  /** A perfect subtree of 2^height leaves. */
  record Peak(int height, byte[] hash) {}

  private final VerifierHashes hashes;
  private final Deque<Peak> peaks = new ArrayDeque<>();

  /** Leaves up to the right end. */
  private long end;

  Peaks(VerifierHashes hashes) {
    this(hashes, 0);
  }

  /** A part of a tree that begins at a leaf; root and edge are those of a whole tree alone. */
  Peaks(VerifierHashes hashes, long start) {
    this.hashes = hashes;
    this.end = start;
  }

  Peaks copy() {
    Peaks copy = new Peaks(hashes, end);
    copy.peaks.addAll(peaks);
    return copy;
  }

  /** Adds a subtree on the right; the leaves so far must be a multiple of its width. */
  void add(int height, byte[] hash) {
    Peak right = new Peak(height, hash);
    end += 1L << height;
    while (!peaks.isEmpty()
        && peaks.getLast().height() == right.height()
        && end % (2L << right.height()) == 0) {
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

  /** Leaves [from, to) of one subtree. */
  record Span(long from, long to) {}

  /**
   * Where these differ from an encoded edge of as many subtrees; empty unless in one of several.
   */
  Optional<Span> onlyDifferent(byte[] edge) {
    if (edge.length != peaks.size() * VerifierHashes.BYTES) {
      return Optional.empty();
    }
    Optional<Span> found = Optional.empty();
    long leaf = 0;
    int at = 0;
    int different = 0;
    for (Peak peak : peaks) {
      long next = leaf + (1L << peak.height());
      if (!Arrays.equals(peak.hash(), Arrays.copyOfRange(edge, at, at + VerifierHashes.BYTES))) {
        different++;
        found = Optional.of(new Span(leaf, next));
      }
      leaf = next;
      at += VerifierHashes.BYTES;
    }
    return different == 1 ? found : Optional.empty();
  }

  /** The root that an encoded edge stands for; empty if it isn't one. */
  static Optional<Sha256> rootOfEdge(byte[] edge) {
    if (edge.length == 0 || edge.length % VerifierHashes.BYTES != 0) {
      return Optional.empty();
    }
    VerifierHashes hashes = new VerifierHashes();
    int at = edge.length - VerifierHashes.BYTES;
    byte[] root = Arrays.copyOfRange(edge, at, edge.length);
    while (at > 0) {
      root = hashes.node(Arrays.copyOfRange(edge, at - VerifierHashes.BYTES, at), root);
      at -= VerifierHashes.BYTES;
    }
    return Optional.of(Sha256.ofBytes(root));
  }

  /** The form of the head row's edge. */
  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    peaks.forEach(peak -> out.writeBytes(peak.hash()));
    return out.toByteArray();
  }
}
