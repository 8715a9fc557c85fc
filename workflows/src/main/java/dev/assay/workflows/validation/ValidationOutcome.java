package dev.assay.workflows.validation;

/**
 * How a validation ended.
 *
 * @param planDigest hex digest of the plan
 * @param outcomeRoot hex Merkle root over the plan digest and each run's findings digest
 * @param counts runs by verdict
 * @param firstIndex lowest ledger index of its entries, -1 for a dry run
 * @param lastIndex highest ledger index of its entries, -1 for a dry run
 */
public record ValidationOutcome(
    String planDigest, String outcomeRoot, VerdictCounts counts, long firstIndex, long lastIndex) {}
