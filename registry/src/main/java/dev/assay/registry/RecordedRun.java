package dev.assay.registry;

import dev.assay.model.run.RunIdentity;

/**
 * A run that a ledger holds.
 *
 * @param entryIndex the entry of its latest revision
 */
public record RecordedRun(RunIdentity identity, long entryIndex) {}
