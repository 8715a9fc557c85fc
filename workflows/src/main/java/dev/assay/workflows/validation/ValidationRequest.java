package dev.assay.workflows.validation;

/**
 * What a validation is asked to do: ids and digests only, the data is in the registry.
 *
 * @param workflowId {@code validate/<id>#<n>}, allocated in the registry
 * @param ledger name of the ledger that records it
 * @param policyDigest hex SHA-256 of the policy, stored as a document
 * @param importSet id of the import set whose runs are judged
 * @param options how to go about it; none of them changes the outcome
 */
public record ValidationRequest(
    String workflowId,
    String ledger,
    String policyDigest,
    String importSet,
    ValidationOptions options) {}
