package dev.assay.workflows.validation;

/**
 * How far a validation is.
 *
 * @param phase what it is at
 * @param runs runs in the plan; 0 while planning
 * @param judged runs whose verdict is known, in any order
 * @param counts of the runs that are recorded, in plan order
 */
public record ValidationProgress(
    ValidationPhase phase, int runs, int judged, VerdictCounts counts) {}
