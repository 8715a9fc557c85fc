package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Which executions there were. Ordinals are taken here, one after the other for each kind and id,
 * however many callers there are.
 */
public interface Executions {
  /** Most incomplete executions that an allocation names. */
  int MAX_INCOMPLETE = 100;

  /**
   * Takes the id's next ordinal. Not for activities: each call takes another one.
   *
   * @param kind 1 to 32 of a-z
   * @param id 1 to 200 printable characters without {@code #}
   * @throws InputsDifferException if the id was used with other inputs
   */
  Allocation allocate(String kind, String id, Sha256 inputsDigest);

  /**
   * ALLOCATED becomes STARTED. Safe to repeat.
   *
   * @throws ExecutionStateException if it is sealed, abandoned or unknown
   */
  Execution started(String workflowId);

  /**
   * STARTED becomes SEALED. Safe to repeat with the same seal.
   *
   * @throws ExecutionStateException if it isn't started, or was abandoned
   * @throws RecordConflictException if it is sealed with something else
   */
  default Execution sealed(String workflowId, Seal seal) {
    return sealed(workflowId, () -> seal);
  }

  /**
   * As {@link #sealed(String, Seal)}; no other caller ends the execution meanwhile.
   *
   * @param record puts the end on record, if the execution may be sealed. A connection is held
   *     while it runs: few callers at once
   */
  Execution sealed(String workflowId, Supplier<Seal> record);

  /**
   * STARTED or ALLOCATED becomes ABANDONED. Safe to repeat.
   *
   * @throws ExecutionStateException if it is sealed or unknown
   */
  default Execution abandoned(String workflowId) {
    return abandoned(workflowId, _ -> {});
  }

  /**
   * As {@link #abandoned(String)}; no other caller ends the execution meanwhile.
   *
   * @param record puts the end on record, if the execution may be abandoned; given what it is until
   *     then. A connection is held while it runs: few callers at once
   */
  Execution abandoned(String workflowId, Consumer<Execution> record);

  /** By workflow id. */
  Optional<Execution> find(String workflowId);

  /** The execution of an id with the highest ordinal. */
  Optional<Execution> latest(String kind, String id);

  /**
   * Newest first.
   *
   * @param limit at most {@link Registry#MAX_PAGE}
   */
  List<Execution> list(String kind, int limit);
}
