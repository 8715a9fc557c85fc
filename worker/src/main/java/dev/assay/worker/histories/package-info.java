/** Histories as the engine has them and as files, and whether they are what the ledger says. */
@NullMarked
package dev.assay.worker.histories;

import org.jspecify.annotations.NullMarked;
