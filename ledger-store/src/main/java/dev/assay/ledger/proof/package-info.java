/**
 * Inclusion and consistency proofs (RFC 6962): made from tiles, checked without them, and their
 * text forms.
 */
@NullMarked
package dev.assay.ledger.proof;

import org.jspecify.annotations.NullMarked;
