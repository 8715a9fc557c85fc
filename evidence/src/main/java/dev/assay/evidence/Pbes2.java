package dev.assay.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Encrypted PKCS#8. Source: RFC 8018 section 6.2 (PBES2), RFC 7914 section 7 (scrypt), RFC 3565
 * (AES). Written with PBKDF2-HMAC-SHA256 and AES-256-CBC, which {@code openssl pkey} opens; scrypt
 * is read, too.
 */
final class Pbes2 {
  /** RFC 7914 section 7. */
  private static final ASN1ObjectIdentifier SCRYPT =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");

  /** What OWASP's password storage cheat sheet asks for with HMAC-SHA256. */
  static final int ITERATIONS = 600_000;

  /** Most that are read: some seconds. A file must not keep us busy for hours. */
  private static final int MAX_ITERATIONS = 10_000_000;

  /** Most memory that scrypt may ask for, 128 · N · r bytes; openssl's own bound is 32 MiB. */
  private static final long MAX_SCRYPT_BYTES = 64L << 20;

  private static final int SALT_BYTES = 16;
  private static final int BLOCK_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private Pbes2() {}

  static byte[] encrypt(byte[] der, Passphrase passphrase) {
    byte[] salt = random(SALT_BYTES);
    byte[] start = random(BLOCK_BYTES);
    AlgorithmIdentifier hmac =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    PBES2Parameters parameters =
        new PBES2Parameters(
            new KeyDerivationFunc(
                PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, ITERATIONS, hmac)),
            new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(start)));
    try {
      byte[] key = pbkdf2(passphrase, salt, ITERATIONS);
      return new EncryptedPrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters),
              aes(Cipher.ENCRYPT_MODE, key, start, der))
          .getEncoded();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK can't encrypt a private key", e);
    }
  }

  /**
   * @throws KeyFileException if the passphrase is another, or the file is damaged or encrypted in
   *     another way; the message has no file yet
   */
  static byte[] decrypt(byte[] encrypted, Passphrase passphrase) {
    try {
      EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(encrypted);
      require(info.getEncryptionAlgorithm().getAlgorithm(), PKCSObjectIdentifiers.id_PBES2);
      PBES2Parameters parameters =
          PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
      EncryptionScheme scheme = parameters.getEncryptionScheme();
      require(scheme.getAlgorithm(), NISTObjectIdentifiers.id_aes256_CBC);
      byte[] start = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
      byte[] key = key(parameters.getKeyDerivationFunc(), passphrase);
      return aes(Cipher.DECRYPT_MODE, key, start, info.getEncryptedData());
    } catch (BadPaddingException e) {
      throw wrongPassphrase(e);
    } catch (KeyFileException e) {
      throw e;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw damaged(e); // the parser has no exception of its own
    }
  }

  static KeyFileException wrongPassphrase(Exception cause) {
    return new KeyFileException("isn't encrypted with this passphrase: give the right one", cause);
  }

  private static byte[] key(KeyDerivationFunc function, Passphrase passphrase)
      throws GeneralSecurityException {
    if (function.getAlgorithm().equals(SCRYPT)) {
      return scrypt(ASN1Sequence.getInstance(function.getParameters()), passphrase);
    }
    require(function.getAlgorithm(), PKCSObjectIdentifiers.id_PBKDF2);
    PBKDF2Params parameters = PBKDF2Params.getInstance(function.getParameters());
    require(parameters.getPrf().getAlgorithm(), PKCSObjectIdentifiers.id_hmacWithSHA256);
    int iterations = parameters.getIterationCount().intValueExact();
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new KeyFileException(
          "asks for %d iterations of PBKDF2: 1 to %d are done"
              .formatted(iterations, MAX_ITERATIONS));
    }
    return pbkdf2(passphrase, parameters.getSalt(), iterations);
  }

  private static byte[] scrypt(ASN1Sequence parameters, Passphrase passphrase) {
    byte[] salt = ASN1OctetString.getInstance(parameters.getObjectAt(0)).getOctets();
    long n = ASN1Integer.getInstance(parameters.getObjectAt(1)).longValueExact();
    long r = ASN1Integer.getInstance(parameters.getObjectAt(2)).longValueExact();
    long p = ASN1Integer.getInstance(parameters.getObjectAt(3)).longValueExact();
    if (n < 2
        || r < 1
        || p < 1
        || p > 16
        || r > MAX_SCRYPT_BYTES
        || n > MAX_SCRYPT_BYTES / 128 / r) {
      throw new KeyFileException(
          "asks for scrypt with N %d, r %d, p %d: more than %d MiB of memory, or p above 16, isn't given"
              .formatted(n, r, p, MAX_SCRYPT_BYTES >> 20));
    }
    return SCrypt.generate(
        new String(passphrase.characters()).getBytes(StandardCharsets.UTF_8),
        salt,
        (int) n,
        (int) r,
        (int) p,
        KEY_BYTES);
  }

  private static byte[] pbkdf2(Passphrase passphrase, byte[] salt, int iterations)
      throws GeneralSecurityException {
    PBEKeySpec wanted =
        new PBEKeySpec(passphrase.characters(), salt, iterations, KEY_BYTES * Byte.SIZE);
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(wanted).getEncoded();
  }

  private static byte[] aes(int mode, byte[] key, byte[] start, byte[] data)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
    return cipher.doFinal(data);
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return random;
  }

  private static void require(ASN1ObjectIdentifier found, ASN1ObjectIdentifier expected) {
    if (!found.equals(expected)) {
      throw new KeyFileException(
          "is encrypted in a way that isn't read (found algorithm %s, expected %s): write it again with openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256"
              .formatted(found, expected));
    }
  }

  private static KeyFileException damaged(Exception cause) {
    return new KeyFileException(
        "holds no encrypted PKCS#8 (RFC 8018, PBES2): restore it from its backup", cause);
  }
}
