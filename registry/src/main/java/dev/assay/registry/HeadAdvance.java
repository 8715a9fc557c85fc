package dev.assay.registry;

/**
 * A revision that the ledger holds.
 *
 * @param revision the revision
 * @param entryIndex index of its {@code run.imported} or {@code run.changed} entry
 */
public record HeadAdvance(RevisionKey revision, long entryIndex) {}
