package dev.assay.model.trust;

import java.util.List;

/**
 * A service that signs without a person.
 *
 * @param id its name
 * @param keys what it signs with
 * @param may what its signature is good for
 */
public record Signer(String id, List<PublicKey> keys, List<SignerUse> may) {
  public Signer {
    keys = List.copyOf(keys);
    may = List.copyOf(may);
  }
}
