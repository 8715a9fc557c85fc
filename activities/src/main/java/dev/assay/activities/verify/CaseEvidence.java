package dev.assay.activities.verify;

import dev.assay.activities.cases.PolicySource;
import dev.assay.activities.trust.TrustHistory;
import dev.assay.ledger.LedgerReader;
import dev.assay.registry.Registry;

/**
 * What cases are held against.
 *
 * @param ledger where the verdicts are that cases refer to
 * @param registry where the signed documents are
 * @param policies by digest
 * @param origin of the ledger
 * @param trust who was trusted where
 */
record CaseEvidence(
    LedgerReader ledger,
    Registry registry,
    PolicySource policies,
    String origin,
    TrustHistory trust) {}
