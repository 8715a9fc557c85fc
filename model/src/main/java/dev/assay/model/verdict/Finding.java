package dev.assay.model.verdict;

/**
 * What one check found on one run.
 *
 * @param stage id of the policy's stage
 * @param check id of the check within the policy
 * @param severity the check's severity
 * @param verdict the check's verdict
 * @param observed what the record shows, as text; empty if nothing
 * @param limit what the policy demands, as text; empty if it names no limit
 * @param message for people; the only part that isn't digested
 */
public record Finding(
    String stage,
    String check,
    Severity severity,
    CheckVerdict verdict,
    String observed,
    String limit,
    String message) {}
