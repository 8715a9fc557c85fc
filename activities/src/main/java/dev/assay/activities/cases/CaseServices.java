package dev.assay.activities.cases;

import dev.assay.activities.LedgerSource;
import dev.assay.activities.trust.Trusts;
import dev.assay.ledger.LedgerReader;
import dev.assay.registry.Registry;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What the activities of cases work with.
 *
 * @param registry all that can be queried
 * @param ledgers where entries go
 * @param readers a ledger to read, by name
 * @param policies by digest
 * @param trusts who is trusted in a ledger, by its name
 * @param clock for the time of what people do
 */
public record CaseServices(
    Registry registry,
    LedgerSource ledgers,
    Function<String, LedgerReader> readers,
    PolicySource policies,
    Function<String, Trusts> trusts,
    InstantSource clock) {}
