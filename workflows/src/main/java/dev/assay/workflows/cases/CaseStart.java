package dev.assay.workflows.cases;

/**
 * Which case to drive.
 *
 * @param ledger where its entries are
 * @param caseId its id
 * @param searchAttributes whether the engine has Assay's search attributes registered
 */
public record CaseStart(String ledger, String caseId, boolean searchAttributes) {}
