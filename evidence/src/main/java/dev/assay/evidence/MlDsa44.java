package dev.assay.evidence;

import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** ML-DSA-44 (FIPS 204), pure, with an empty context, deterministic. */
final class MlDsa44 {
  private MlDsa44() {}

  static byte[] publicKey(byte[] seed) {
    return privateKey(seed).getPublicKey();
  }

  static byte[] sign(byte[] seed, byte[] message) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, privateKey(seed)); // without a random source: deterministic
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("ML-DSA-44 can't sign " + message.length + " bytes", e);
    }
  }

  static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey));
    signer.update(message, 0, message.length);
    return signer.verifySignature(signature);
  }

  private static MLDSAPrivateKeyParameters privateKey(byte[] seed) {
    return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed);
  }
}
