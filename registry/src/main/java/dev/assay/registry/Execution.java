package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * One execution of an id.
 *
 * @param workflowId {@code <kind>/<id>#<ordinal>}
 * @param kind {@code validate} and its like
 * @param id what the user calls it
 * @param ordinal 1 for the id's first execution
 * @param inputsDigest digest of its inputs; the same for all executions of an id
 * @param state where it stands
 * @param allocated database time when its ordinal was taken
 * @param seal its outcome, if SEALED
 */
public record Execution(
    String workflowId,
    String kind,
    String id,
    int ordinal,
    Sha256 inputsDigest,
    ExecutionState state,
    Instant allocated,
    Optional<Seal> seal) {}
