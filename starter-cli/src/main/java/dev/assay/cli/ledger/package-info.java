/** {@code assay ledger …}. */
@NullMarked
package dev.assay.cli.ledger;

import org.jspecify.annotations.NullMarked;
