/** The writer: group commit into PostgreSQL. */
@NullMarked
package dev.assay.ledger.append;

import org.jspecify.annotations.NullMarked;
