package dev.assay.workflows.validation;

import java.util.Optional;

/**
 * What a validation is asked to do: ids and digests only, the data is in the registry.
 *
 * @param workflowId {@code validate/<id>#<n>}, allocated in the registry
 * @param ledger name of the ledger that records it
 * @param policyDigest hex SHA-256 of the policy, stored as a document
 * @param importSet id of the import set whose runs are judged
 * @param options how to go about it; none of them changes the outcome
 * @param soFar where the run of the workflow before this one stopped; empty for the first
 */
public record ValidationRequest(
    String workflowId,
    String ledger,
    String policyDigest,
    String importSet,
    ValidationOptions options,
    Optional<ValidationState> soFar) {

  /** A validation from the beginning. */
  public ValidationRequest(
      String workflowId,
      String ledger,
      String policyDigest,
      String importSet,
      ValidationOptions options) {
    this(workflowId, ledger, policyDigest, importSet, options, Optional.empty());
  }

  ValidationRequest from(ValidationState state) {
    return new ValidationRequest(
        workflowId, ledger, policyDigest, importSet, options, Optional.of(state));
  }
}
