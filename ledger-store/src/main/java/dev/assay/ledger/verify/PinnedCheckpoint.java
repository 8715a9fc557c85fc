package dev.assay.ledger.verify;

import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;

/**
 * A checkpoint from outside the database, and the key that must have signed it. Never take either
 * from the database that is verified.
 *
 * @param source where it comes from, for messages
 */
public record PinnedCheckpoint(SignedNote note, VerifierKey key, String source) {}
