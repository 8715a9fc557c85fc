package dev.assay.activities.verify;

import dev.assay.activities.cases.PolicySource;
import dev.assay.activities.trust.TrustHistory;
import dev.assay.registry.Registry;

/**
 * What cases are held against.
 *
 * @param verdicts that cases refer to
 * @param registry where the signed documents are
 * @param policies by digest
 * @param origin of the ledger
 * @param trust who was trusted where
 */
record CaseEvidence(
    CaseVerdicts verdicts,
    Registry registry,
    PolicySource policies,
    String origin,
    TrustHistory trust) {}
