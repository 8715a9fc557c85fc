package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;

/**
 * Names one run revision.
 *
 * @param identity which run
 * @param digest which content of it
 */
public record RevisionKey(RunIdentity identity, Sha256 digest) {}
