package dev.assay.ledger.verify;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Rows whose content is right where they stand: are their stored hashes? */
final class HashChecks {
  private final Window window;
  private final HeadRow head;
  private final IssueList issues;
  private final Repair repair;
  private final VerifierHashes hashes = new VerifierHashes();

  HashChecks(Window window, HeadRow head, IssueList issues) {
    this.repair = new Repair(window.ledger());
    this.window = window;
    this.head = head;
    this.issues = issues;
  }

  void check(long[] origins, Alignment alignment, IntFunction<Optional<byte[]>> chainBefore) {
    List<WindowRow> rows = window.rows();
    Set<Long> edited = new HashSet<>(alignment.edited());
    for (int i = 0; i < rows.size(); i++) {
      WindowRow row = rows.get(i);
      if (origins[i] == row.index() && !row.storedLeafIsRight()) {
        issues.add(
            hashEdited(row, chainBefore.apply(i), "its leaf hash isn't that of its content"));
        edited.add(row.index());
      }
    }
    if (!alignment.keepsPlaces()) {
      return; // links break where rows moved; that is named already
    }
    for (int i = 0; i < rows.size(); i++) {
      boolean broken = isBroken(rows.get(i), chainBefore.apply(i));
      if (broken
          && !edited.contains(rows.get(i).index())
          && !followsTrueChain(i, edited, chainBefore)) {
        boolean nextBroken =
            i + 1 < rows.size() && isBroken(rows.get(i + 1), chainBefore.apply(i + 1));
        issues.add(brokenLink(rows.get(i), chainBefore.apply(i), nextBroken, edited));
        i += nextBroken ? 1 : 0;
      }
    }
  }

  /** Whether only the row before, which is named already, breaks the link. */
  private boolean followsTrueChain(
      int position, Set<Long> edited, IntFunction<Optional<byte[]>> chainBefore) {
    if (position == 0 || !edited.contains(window.rows().get(position).index() - 1)) {
      return false;
    }
    WindowRow before = window.rows().get(position - 1);
    byte[] leaf = window.leaf(before.index()).orElse(before.computed());
    return chainBefore
        .apply(position - 1)
        .map(
            chain -> {
              byte[] link = new byte[VerifierHashes.BYTES];
              hashes.chain(chain, leaf, 0, link);
              return !isBroken(window.rows().get(position), Optional.of(link));
            })
        .orElse(true);
  }

  private boolean isBroken(WindowRow row, Optional<byte[]> before) {
    if (before.isEmpty()) {
      return false;
    }
    byte[] link = new byte[VerifierHashes.BYTES];
    hashes.chain(before.get(), row.computed(), 0, link);
    return !Arrays.equals(link, row.chainHash());
  }

  /** Where the chain before the row is known, with the statement that puts its hashes right. */
  private Issue hashEdited(WindowRow row, Optional<byte[]> before, String detail) {
    Issue issue = Issue.at(IssueKind.HASH_EDITED, row.index(), detail);
    if (before.isEmpty()) {
      return issue;
    }
    byte[] link = new byte[VerifierHashes.BYTES];
    hashes.chain(before.get(), row.computed(), 0, link);
    return issue.withAdvice(repair.hashes(row.index(), row.computed(), link));
  }

  private Issue brokenLink(
      WindowRow row, Optional<byte[]> before, boolean nextBroken, Set<Long> edited) {
    long index = row.index();
    boolean last = index == head.size() - 1;
    boolean hashWrong = nextBroken || (last && !Arrays.equals(row.chainHash(), head.chainHash()));
    if (hashWrong) {
      return hashEdited(row, before, "its chain hash follows from nothing, and nothing from it");
    }
    if (window.leaf(index).isPresent()) {
      return Issue.at(
          IssueKind.HASH_EDITED,
          index,
          "the chain begins anew here: chain hashes before or behind it were replaced");
    }
    boolean beforeToo = index > 0 && !edited.contains(index - 1);
    return new Issue(
        IssueKind.ENTRY_EDITED,
        beforeToo ? index - 1 : index,
        index,
        "rewritten together with its hashes: the chain doesn't lead from %d to %d"
            .formatted(index - 1, index));
  }
}
