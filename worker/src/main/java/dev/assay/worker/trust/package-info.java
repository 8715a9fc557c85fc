/** Which Trust document a home trusts, and what its ledger says came after it. */
@NullMarked
package dev.assay.worker.trust;

import org.jspecify.annotations.NullMarked;
