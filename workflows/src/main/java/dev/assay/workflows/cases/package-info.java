/** Quarantine cases: one workflow each, which drives deadlines; the ledger has the case. */
@NullMarked
package dev.assay.workflows.cases;

import org.jspecify.annotations.NullMarked;
