package dev.assay.ledger.verify;

import java.util.List;
import java.util.Set;

/**
 * One way of tampering, at one kind of place.
 *
 * @param kind its row in design and documents
 * @param how what is done, as the table of results says it
 * @param unknown what can't be told about it; empty if all can
 */
record Attack(
    IssueKind kind,
    String how,
    String unknown,
    Places places,
    Act act,
    Pinned pinned,
    Expect expect) {
  /** Whether it can be done to a ledger of this size at this place. */
  interface Places {
    boolean exist(int size, int place);
  }

  interface Act {
    void on(Forger forger, int size, int place);
  }

  /** The checkpoints from outside that the verifier gets, given after the act. */
  interface Pinned {
    List<PinnedCheckpoint> of(TamperedLedger ledger);
  }

  interface Expect {
    Expected of(int size, int place);
  }

  /**
   * What must be found, and nothing else.
   *
   * @param from first entry that must be named; −1: the whole ledger
   * @param to last entry that must be named
   * @param wide whether these are more entries than were touched, as none of them can be excluded
   * @param beside what is named with it, for the same entries and others
   */
  record Expected(IssueKind kind, long from, long to, boolean wide, Set<IssueKind> beside) {
    Expected(IssueKind kind, long from, long to, boolean wide) {
      this(kind, from, to, wide, Set.of());
    }

    Expected beside(IssueKind other) {
      return new Expected(kind, from, to, wide, Set.of(other));
    }

    /** Whether the report says this and nothing else. */
    boolean isAllOf(VerifyReport report) {
      return report.status() == VerifyStatus.TAMPERED
          && report.issues().stream().filter(this::isThis).count() == 1
          && report.issues().stream()
              .filter(issue -> !isThis(issue))
              .map(Issue::kind)
              .toList()
              .equals(List.copyOf(beside));
    }

    Issue findIn(VerifyReport report) {
      return report.issues().stream().filter(this::isThis).findFirst().orElseThrow();
    }

    private boolean isThis(Issue issue) {
      return issue.kind() == kind && issue.index() == from && issue.to() == to;
    }

    static Expected at(IssueKind kind, long index) {
      return new Expected(kind, index, index, false);
    }

    static Expected range(IssueKind kind, long from, long to) {
      return new Expected(kind, from, to, false);
    }

    static Expected whole(IssueKind kind) {
      return new Expected(kind, -1, -1, false);
    }

    /** The place is among these, which can't be told apart. */
    static Expected among(IssueKind kind, long from, long to) {
      return new Expected(kind, from, to, from < to);
    }
  }

  static final Places ANYWHERE = (size, place) -> true;
  static final Places ONCE = (size, place) -> place == 0;
  static final Places LAST = (size, place) -> place == size - 1;
  static final Pinned CHECKPOINTS = TamperedLedger::pins;
  static final Pinned NONE = ledger -> List.of();

  @Override
  public String toString() {
    return kind + ": " + how;
  }

  Attack at(Places other) {
    return new Attack(kind, how, unknown, other, act, pinned, expect);
  }

  Attack with(Pinned other) {
    return new Attack(kind, how, unknown, places, act, other, expect);
  }

  Attack butUnknown(String what) {
    return new Attack(kind, how, what, places, act, pinned, expect);
  }

  static Attack of(IssueKind kind, String how, Act act, Expect expect) {
    return new Attack(kind, how, "", ANYWHERE, act, CHECKPOINTS, expect);
  }

  /** Whether a full tile keeps the entry's leaf hash. */
  static boolean inTile(int size, long place) {
    return place < size / 256 * 256;
  }

  /** Entries of the perfect subtree of the right edge that an entry is in. */
  static Expected subtree(IssueKind kind, int size, long place) {
    long from = 0;
    for (int height = 30; height >= 0; height--) {
      if ((size >>> height & 1) == 1) {
        if (place < from + (1L << height)) {
          return Expected.among(kind, from, from + (1L << height) - 1);
        }
        from += 1L << height;
      }
    }
    throw new IllegalArgumentException("no entry " + place);
  }

  /** What lies between the checkpoints of half and of all on both sides of an entry. */
  static Expected betweenCheckpoints(int size, long place) {
    int half = size / 2;
    return place < half
        ? Expected.among(IssueKind.CHAIN_REWRITTEN, 0, half - 1)
        : Expected.among(IssueKind.CHAIN_REWRITTEN, half, size - 1);
  }
}
