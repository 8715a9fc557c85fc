/** A person's decision about a proposal: its statement, and whether it counts. */
@NullMarked
package dev.assay.model.decision;

import org.jspecify.annotations.NullMarked;
