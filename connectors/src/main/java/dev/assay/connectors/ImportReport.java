package dev.assay.connectors;

/**
 * What an import found.
 *
 * @param runs delivered
 * @param withProblems delivered with at least one problem
 * @param duplicates equal records of one run beyond the first; not delivered
 * @param conflicting delivered, and another record of the same identity in the set differs
 * @param deleted runs that the source itself lists as deleted; not delivered
 */
public record ImportReport(
    long runs, long withProblems, long duplicates, long conflicting, long deleted) {}
