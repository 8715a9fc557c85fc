package dev.assay.evidence;

import java.nio.file.Path;
import java.time.InstantSource;

/** Makes checkpoint signers. */
public final class CheckpointSigners {
  private CheckpointSigners() {}

  /**
   * A signer for one ledger with its keys and its last-signed state in files. The Ed25519 key is
   * made now if there is none, the ML-DSA-44 key beside it at the next signature: unencrypted
   * PKCS#8 PEM, mode 600. The state file holds the last note signed; it is replaced atomically and
   * synced before {@code sign} returns. Several processes may share the files; they take turns by a
   * lock file beside the state.
   *
   * @param keyFile {@code NAME.pem}; the second key is {@code NAME.mldsa44.pem}
   * @param origin the ledger's origin, also the keys' name
   * @param check must show that a larger tree begins with the one that was signed last; what it
   *     throws {@code sign} throws, and nothing is signed
   * @throws SignerStateException if the files can't be used
   */
  public static CheckpointSigner fileBacked(
      Path keyFile, Path stateFile, String origin, ConsistencyCheck check) {
    return new FileCheckpointSigner(
        KeyFiles.loadOrCreate(keyFile, KeyType.ED25519).named(origin),
        new CosignerFile(cosignerFile(keyFile), origin),
        new StateFile(stateFile, DurableFiles::write),
        check,
        InstantSource.system());
  }

  /** Where the second key of a signer is whose first is in {@code keyFile}. */
  public static Path cosignerFile(Path keyFile) {
    String name = String.valueOf(keyFile.getFileName());
    return keyFile.resolveSibling(
        (name.endsWith(".pem") ? name.substring(0, name.length() - 4) : name) + ".mldsa44.pem");
  }

  /** A key that lives in a PEM file, to sign notes under a name; made on first use. */
  public static NoteSigner noteSigner(Path keyFile, String name) {
    return KeyFiles.loadOrCreate(keyFile, KeyType.ED25519).named(name);
  }
}
