package dev.assay.evidence;

import java.nio.file.Path;

/** Makes checkpoint signers. */
public final class CheckpointSigners {
  private CheckpointSigners() {}

  /**
   * A signer for one ledger with its Ed25519 key and its last-signed state in two files. The key is
   * made on first use: unencrypted PKCS#8 PEM, mode 600. The state file holds the last note signed;
   * it is replaced atomically and synced before {@code sign} returns. Several processes may share
   * the files; they take turns by a lock file beside the state.
   *
   * @param origin the ledger's origin, also the key's name
   * @throws SignerStateException if the files can't be used
   */
  public static CheckpointSigner fileBacked(Path keyFile, Path stateFile, String origin) {
    NoteSigner signer = new NoteSigner(origin, KeyFiles.loadOrCreate(keyFile));
    return new FileCheckpointSigner(signer, stateFile);
  }

  /** A key that lives in a PEM file, to sign notes under a name; made on first use. */
  public static NoteSigner noteSigner(Path keyFile, String name) {
    return new NoteSigner(name, KeyFiles.loadOrCreate(keyFile));
  }
}
