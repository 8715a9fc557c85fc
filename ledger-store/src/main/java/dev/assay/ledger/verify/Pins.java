package dev.assay.ledger.verify;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.NoteSignatureException.Reason;
import dev.assay.model.digest.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checkpoints from outside, checked under their pinned keys, and the roots computed so far. */
final class Pins {
  private record Refused(IssueKind kind, PinnedCheckpoint pin, String why) {}

  private final List<TrustedCheckpoint> trusted = new ArrayList<>();
  private final Set<TrustedCheckpoint> known = new HashSet<>();
  private final Map<Long, Sha256> roots = new HashMap<>();

  Pins(List<PinnedCheckpoint> pinned, IssueList issues) {
    List<Refused> refused = new ArrayList<>();
    for (PinnedCheckpoint pin : pinned) {
      admit(pin).ifPresent(refused::add);
    }
    trusted.sort(Comparator.comparingLong(TrustedCheckpoint::size));
    roots.put(0L, Sha256.of());
    refused.forEach(one -> issues.add(issue(one)));
  }

  private Optional<Refused> admit(PinnedCheckpoint pin) {
    try {
      TrustedCheckpoint anchor = verified(pin);
      if (known.add(anchor)) {
        trusted.add(anchor);
      }
      return Optional.empty();
    } catch (NoteSignatureException e) {
      IssueKind kind =
          e.reason() == Reason.OTHER_KEY ? IssueKind.KEY_SUBSTITUTED : IssueKind.CHECKPOINT_FORGED;
      return Optional.of(new Refused(kind, pin, String.valueOf(e.getMessage())));
    } catch (NoteException e) {
      return Optional.of(
          new Refused(IssueKind.CHECKPOINT_FORGED, pin, String.valueOf(e.getMessage())));
    }
  }

  private static TrustedCheckpoint verified(PinnedCheckpoint pin) {
    pin.note().verify(pin.key());
    return new TrustedCheckpoint(Checkpoint.parse(pin.note().text()), pin.source());
  }

  /** What this one of the pinned says; empty if it isn't trusted. */
  Optional<TrustedCheckpoint> anchor(PinnedCheckpoint pin) {
    try {
      return Optional.of(verified(pin));
    } catch (NoteSignatureException | NoteException _) {
      return Optional.empty(); // named when it was admitted
    }
  }

  /** Says which file is to be trusted instead. */
  private Issue issue(Refused refused) {
    String instead =
        trusted.isEmpty()
            ? "none of the files at hand is signed by it: fetch the checkpoint again from where it is published"
            : "trust %s (size %d) instead"
                .formatted(trusted.getLast().source(), trusted.getLast().size());
    return Issue.whole(refused.kind(), "%s: %s".formatted(refused.pin().source(), refused.why()))
        .withAdvice(
            "don't trust %s; the pinned key is %s; %s. Find out who wrote the file"
                .formatted(refused.pin().source(), refused.pin().key(), instead));
  }

  /** Those whose signature is good, smallest first. */
  List<TrustedCheckpoint> trusted() {
    return trusted;
  }

  /** Sizes at which a root is wanted. */
  List<Long> sizes() {
    return trusted.stream().map(TrustedCheckpoint::size).distinct().toList();
  }

  /** The entries give this root at one of {@link #sizes}. */
  void computed(long size, Sha256 root) {
    roots.put(size, root);
  }

  /** The root that the entries give at a size; empty if a row before it is missing. */
  Optional<Sha256> computedAt(long size) {
    return Optional.ofNullable(roots.get(size));
  }

  boolean agrees(TrustedCheckpoint anchor) {
    return computedAt(anchor.size()).map(anchor.checkpoint().root()::equals).orElse(false);
  }

  /** Whether what was computed differs. */
  boolean disagrees(TrustedCheckpoint anchor) {
    return roots.containsKey(anchor.size()) && !agrees(anchor);
  }

  /** Largest size at which a checkpoint vouches for the entries; 0 without any. */
  long confirmed() {
    return trusted.stream().filter(this::agrees).mapToLong(TrustedCheckpoint::size).max().orElse(0);
  }

  /** Whether a checkpoint says that this is the root at that size. */
  boolean vouchFor(long size, Sha256 root) {
    return trusted.stream()
        .anyMatch(anchor -> anchor.size() == size && anchor.checkpoint().root().equals(root));
  }
}
