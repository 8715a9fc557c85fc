package dev.assay.ledger.verify;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.NoteSignatureException.Reason;
import dev.assay.model.digest.Sha256;
import dev.assay.model.text.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The checkpoints from outside, checked under their pinned keys, then against the entries. */
final class Pins {
  private final List<Checkpoint> trusted = new ArrayList<>();
  private final List<Checkpoint> agreeing = new ArrayList<>();
  private final Map<Long, Sha256> roots = new HashMap<>();

  Pins(List<PinnedCheckpoint> pinned, IssueList issues) {
    pinned.forEach(pin -> admit(pin, issues));
    trusted.sort(Comparator.comparingLong(Checkpoint::size));
    roots.put(0L, Sha256.of());
  }

  private void admit(PinnedCheckpoint pin, IssueList issues) {
    try {
      pin.note().verify(pin.key());
      trusted.add(Checkpoint.parse(pin.note().text()));
    } catch (NoteSignatureException e) {
      IssueKind kind =
          e.reason() == Reason.OTHER_KEY ? IssueKind.KEY_SUBSTITUTED : IssueKind.CHECKPOINT_FORGED;
      issues.add(Issue.whole(kind, "%s: %s".formatted(pin.source(), e.getMessage())));
    } catch (NoteException e) {
      issues.add(
          Issue.whole(
              IssueKind.CHECKPOINT_FORGED, "%s: %s".formatted(pin.source(), e.getMessage())));
    }
  }

  /** Sizes at which a root is wanted. */
  Set<Long> sizes() {
    Set<Long> sizes = new TreeSet<>();
    trusted.forEach(checkpoint -> sizes.add(checkpoint.size()));
    return sizes;
  }

  /** The entries give this root at one of {@link #sizes}. */
  void computed(long size, Sha256 root) {
    roots.put(size, root);
  }

  /** Compares all with the ledger that was read. */
  void judge(HeadRow head, IssueList issues) {
    long good = 0;
    for (Checkpoint checkpoint : trusted) {
      Sha256 root = roots.get(checkpoint.size());
      if (!checkpoint.origin().equals(head.origin())) {
        issues.add(
            new Issue(
                IssueKind.CHAIN_REWRITTEN,
                0,
                Math.max(0, head.size() - 1),
                "this is another ledger: its origin is %s, the checkpoint's %s"
                    .formatted(head.origin(), checkpoint.origin())));
      } else if (checkpoint.size() > head.size()) {
        issues.add(
            new Issue(
                IssueKind.TAIL_TRUNCATED,
                head.size(),
                checkpoint.size() - 1,
                "a trusted checkpoint has size %d, the ledger %d: lost %s"
                    .formatted(
                        checkpoint.size(),
                        head.size(),
                        Count.of(checkpoint.size() - head.size(), "entry", "entries"))));
      } else if (root != null && root.equals(checkpoint.root())) {
        agreeing.add(checkpoint);
        good = checkpoint.size();
      } else if (root != null && !Causes.changeRoot(issues.sorted(), checkpoint.size())) {
        issues.add(
            new Issue(
                IssueKind.CHAIN_REWRITTEN,
                good,
                checkpoint.size() - 1,
                "at size %d the entries give root %s, the trusted checkpoint has %s"
                    .formatted(checkpoint.size(), root, checkpoint.root())));
      }
    }
  }

  /** Those that agree, smallest first. */
  List<Checkpoint> agreeing() {
    return agreeing;
  }
}
