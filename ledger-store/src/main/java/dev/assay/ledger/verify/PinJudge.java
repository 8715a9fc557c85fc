package dev.assay.ledger.verify;

import dev.assay.ledger.verify.Forks.Fork;
import dev.assay.model.text.Count;
import java.util.ArrayList;
import java.util.List;

/** Compares the checkpoints from outside with each other, and with the ledger that was read. */
final class PinJudge {
  private final Pins pins;
  private final HeadRow head;
  private final IssueList issues;
  private final Forks forks;
  private final List<TrustedCheckpoint> agreeing = new ArrayList<>();

  PinJudge(Pins pins, HeadRow head, IssueList issues) {
    this.pins = pins;
    this.head = head;
    this.issues = issues;
    this.forks = new Forks(pins);
  }

  /** Names what disagrees; returns those that agree, smallest first. */
  List<TrustedCheckpoint> judge() {
    forks.all().forEach(fork -> issues.add(issue(fork)));
    List<Issue> named = issues.all();
    boolean strangers = false;
    boolean rewritten = false;
    TrustedCheckpoint beyond = null;
    for (TrustedCheckpoint anchor : pins.trusted()) {
      if (forks.concern(anchor)) {
        continue;
      }
      if (pins.agrees(anchor)) {
        agreeing.add(anchor);
      } else if (!anchor.checkpoint().origin().equals(head.origin())) {
        strangers = strangers || addAndSay(anotherLedger(anchor));
      } else if (anchor.size() > head.size()) {
        beyond = anchor;
      } else if (pins.disagrees(anchor) && !rewritten && !Causes.changeRoot(named, anchor.size())) {
        rewritten = addAndSay(rewritten(anchor));
      }
    }
    if (beyond != null) {
      issues.add(truncated(beyond));
    }
    return agreeing;
  }

  private boolean addAndSay(Issue issue) {
    issues.add(issue);
    return true;
  }

  private Issue issue(Fork fork) {
    TrustedCheckpoint odd = fork.odd();
    TrustedCheckpoint other = fork.other();
    boolean oneSize = odd.size() == other.size();
    String rows =
        pins.agrees(other)
            ? "the entries here are those of %s".formatted(other.source())
            : "the entries here decide for neither";
    return new Issue(
        IssueKind.FORKED,
        lastGoodBelow(odd.size()),
        odd.size() - 1,
        "%s and %s are both signed for %s, and no ledger has both: %s; %s"
            .formatted(
                say(odd),
                say(other),
                odd.checkpoint().origin(),
                oneSize
                    ? "one size has one root"
                    : "at size %d the ledger of the second has root %s"
                        .formatted(odd.size(), pins.computedAt(odd.size()).orElseThrow()),
                rows),
        "keep both notes, %s and %s: together they prove that the key signed two histories. Trust neither, show them to whoever relies on this ledger, stop appending, and find out who has the key"
            .formatted(odd.source(), other.source()));
  }

  private Issue rewritten(TrustedCheckpoint first) {
    long good = lastGoodBelow(first.size());
    return new Issue(
        IssueKind.CHAIN_REWRITTEN,
        good,
        first.size() - 1,
        "at size %d the entries give root %s, the trusted checkpoint in %s has %s"
            .formatted(
                first.size(),
                pins.computedAt(first.size()).orElseThrow(),
                first.source(),
                first.checkpoint().root()),
        "what changed lies within entries %d to %d: %s, and %s (size %d) is the first that doesn't. Compare these rows with backups from before; a checkpoint of a size in between narrows it"
            .formatted(
                good,
                first.size() - 1,
                good == 0
                    ? "no smaller checkpoint agrees"
                    : "the checkpoint of size %d still agrees".formatted(good),
                first.source(),
                first.size()));
  }

  private Issue anotherLedger(TrustedCheckpoint anchor) {
    return new Issue(
        IssueKind.CHAIN_REWRITTEN,
        0,
        Math.max(0, head.size() - 1),
        "this is another ledger: its origin is %s, that of the checkpoint in %s is %s"
            .formatted(head.origin(), anchor.source(), anchor.checkpoint().origin()),
        "if %s is of the ledger that was here, all of it was replaced: restore it from a backup. If not, compare with a checkpoint of %s"
            .formatted(anchor.source(), head.origin()));
  }

  private Issue truncated(TrustedCheckpoint anchor) {
    long trustedHere = lastGoodBelow(anchor.size());
    String lost = Count.of(anchor.size() - head.size(), "entry", "entries");
    return new Issue(
        IssueKind.TAIL_TRUNCATED,
        head.size(),
        anchor.size() - 1,
        "the trusted checkpoint in %s has size %d, the ledger %d: lost %s"
            .formatted(anchor.source(), anchor.size(), head.size(), lost),
        "%s lost. The last size to be trusted is %d, of %s: restore a backup that holds entries up to %d. Of what is here, %s"
            .formatted(
                lost,
                anchor.size(),
                anchor.source(),
                anchor.size() - 1,
                trustedHere == 0
                    ? "no smaller checkpoint vouches for any entry"
                    : "a checkpoint vouches for the first %d entries".formatted(trustedHere)));
  }

  private long lastGoodBelow(long size) {
    return pins.trusted().stream()
        .filter(anchor -> anchor.size() < size && pins.agrees(anchor) && !forks.concern(anchor))
        .mapToLong(TrustedCheckpoint::size)
        .max()
        .orElse(0);
  }

  private static String say(TrustedCheckpoint anchor) {
    return "%s (size %d, root %s)"
        .formatted(anchor.source(), anchor.size(), anchor.checkpoint().root());
  }
}
