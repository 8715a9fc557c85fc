package dev.assay.registry;

import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A validation's inputs, staged before its workflow starts. */
public interface ImportSets {
  /** Most members of a set. */
  int MAX_MEMBERS = 10_000_000;

  /** A new, empty, open set. */
  UUID create();

  /**
   * Adds members, in any order and any number of calls; an equal member counts once.
   *
   * @throws ExecutionStateException if the set is unknown or closed
   */
  void add(UUID setId, List<SetMember> members);

  /**
   * {@link RunRevisions#save Saves} revisions and adds members in one transaction: half of the
   * waits for the disk of two.
   *
   * @param revisions at most {@link Registry#BATCH}
   * @param members at most {@link Registry#BATCH}
   * @return how many revisions were new
   * @throws ExecutionStateException if the set is unknown or closed; nothing is saved then
   */
  int add(UUID setId, List<RevisionRow> revisions, List<SetMember> members);

  /**
   * Closes the set; nothing can be added any more. Safe to repeat.
   *
   * @return the number of distinct members
   * @throws ExecutionStateException if the set is unknown
   */
  long close(UUID setId);

  /**
   * Streams a closed set in {@linkplain PlanOrder plan order}; memory doesn't grow with the set.
   * The iterator ends with the call.
   *
   * @param ledger name of the ledger whose heads the members are compared with
   * @throws ExecutionStateException if the set is unknown or open
   */
  <T> T sorted(UUID setId, String ledger, Function<Iterator<SortedMember>, T> reader);
}
