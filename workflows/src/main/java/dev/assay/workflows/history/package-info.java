/** What the engine recorded of a workflow, as a digest in the ledger. */
@NullMarked
package dev.assay.workflows.history;

import org.jspecify.annotations.NullMarked;
