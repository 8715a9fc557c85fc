package dev.assay.worker.imports;

import dev.assay.connectors.ImportReport;
import java.util.UUID;

/**
 * Runs that are in the registry now, as one import set.
 *
 * @param set the set's id
 * @param runs distinct revisions in it
 * @param report what the sources held
 */
public record StagedRuns(UUID set, long runs, ImportReport report) {}
