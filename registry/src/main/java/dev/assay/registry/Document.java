package dev.assay.registry;

import dev.assay.model.digest.Sha256;

/**
 * A document the ledger knows by digest.
 *
 * @param digest SHA-256 of the bytes
 * @param kind what its first writer called it, such as {@code ValidationPolicy}
 * @param bytes its canonical JSON
 */
public record Document(Sha256 digest, String kind, byte[] bytes) {}
