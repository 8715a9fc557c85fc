package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import java.util.Optional;

/**
 * One run that an import read.
 *
 * @param identity which run
 * @param runDigest the revision that was read
 * @param source where: the location, without the system
 * @param artifactsNow digest of the {@link Documents#ARTIFACT_DIGESTS} document taken at this
 *     import, if one was
 */
public record SetMember(
    RunIdentity identity, Sha256 runDigest, String source, Optional<Sha256> artifactsNow) {
  public SetMember {
    Storable.check(identity);
    Storable.check("a run's source", source);
  }
}
