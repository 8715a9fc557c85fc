package dev.assay.activities.cases;

import dev.assay.model.cases.CaseFile;

/**
 * A case as a ledger has it.
 *
 * @param file the case
 * @param entryIndex of its latest transition's entry
 */
public record RecordedCase(CaseFile file, long entryIndex) {}
