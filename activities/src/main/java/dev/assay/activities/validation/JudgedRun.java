package dev.assay.activities.validation;

import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.Judgement;
import dev.assay.registry.PlanRow;

/** A run of the plan with its judgement, as read back from the registry. */
record JudgedRun(PlanRow row, Judgement judgement, Sha256 findingsDigest) {}
