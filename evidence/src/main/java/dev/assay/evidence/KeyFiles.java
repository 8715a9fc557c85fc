package dev.assay.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of private keys: PKCS#8 as PEM (RFC 7468), encrypted or not, mode 600. A file says which
 * algorithm its key is for; whether an Ed25519 key signs notes or cosigns, its vkey says.
 */
public final class KeyFiles {
  private static final String PLAIN = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final int MAX_BYTES = 16_384;

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]{1,40})-----\\s+([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");

  private static final Set<PosixFilePermission> FOR_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private KeyFiles() {}

  /**
   * Makes a file that only its owner can read; folders are made if needed.
   *
   * @param passphrase encrypts it; empty for a file that is not encrypted
   * @throws KeyFileException if there is a file already, or none can be written
   */
  public static void create(Path file, SigningKey key, Optional<Passphrase> passphrase) {
    try {
      DurableFiles.createNew(file, encode(key, passphrase));
    } catch (FileAlreadyExistsException e) {
      throw new KeyFileException(
          "key %s is there already, and is never overwritten: give another name, or move it elsewhere"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /**
   * Whether a passphrase is needed to read the file.
   *
   * @throws KeyFileException if it is no PEM of a private key
   */
  public static boolean encrypted(Path file) {
    return pem(file).label().equals(ENCRYPTED);
  }

  /**
   * Reads a key.
   *
   * @param passphrase not looked at where the file isn't encrypted
   * @throws KeyFileException if others than its owner can read the file, the passphrase is missing
   *     or wrong, the key is for another algorithm, or the file is no such key
   */
  public static SigningKey read(Path file, KeyType type, Optional<Passphrase> passphrase) {
    Pem pem = pem(file);
    try {
      byte[] der = pem.content();
      if (pem.label().equals(ENCRYPTED)) {
        der =
            Pbes2.decrypt(
                der,
                passphrase.orElseThrow(
                    () -> new KeyFileException("is encrypted: give its passphrase")));
      }
      Pkcs8.Key key = decoded(der, pem.label());
      if (key.algorithm() != type.algorithm()) {
        throw new KeyFileException(
            "holds an %s key, expected %s: give the file of the other key"
                .formatted(key.algorithm().written(), type.algorithm().written()));
      }
      return new SigningKey(type, key.seed());
    } catch (KeyFileException e) {
      throw new KeyFileException("key %s %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Of the signer's and workers' own: not encrypted, made on first use. */
  static SigningKey loadOrCreate(Path file, KeyType type) {
    try {
      if (!Files.exists(file)) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        DurableFiles.locked(
            lock,
            () -> {
              if (!Files.exists(file)) {
                DurableFiles.write(file, encode(SigningKey.generate(type), Optional.empty()));
              }
              return file;
            });
      }
      return read(file, type, Optional.empty());
    } catch (IOException e) {
      throw new SignerStateException(
          "key %s can't be read or made: %s".formatted(file, DurableFiles.reason(e)), e);
    } catch (KeyFileException e) {
      throw new SignerStateException(String.valueOf(e.getMessage()), e);
    }
  }

  static byte[] encode(SigningKey key, Optional<Passphrase> passphrase) {
    byte[] der = Pkcs8.encode(key.type().algorithm(), key.seed());
    String label = passphrase.isPresent() ? ENCRYPTED : PLAIN;
    byte[] content = passphrase.map(given -> Pbes2.encrypt(der, given)).orElse(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), label)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private record Pem(String label, byte[] content) {}

  /** A wrong passphrase leaves good padding once in 256 times: then this is no key. */
  private static Pkcs8.Key decoded(byte[] der, String label) {
    try {
      return Pkcs8.decode(der);
    } catch (KeyFileException e) {
      throw label.equals(ENCRYPTED) && (der.length == 0 || der[0] != 0x30)
          ? Pbes2.wrongPassphrase(e)
          : e;
    }
  }

  private static Pem pem(Path file) {
    try {
      requireOwnerOnly(file);
      byte[] bytes;
      try (var in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
      Matcher matcher = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      if (bytes.length > MAX_BYTES || !matcher.matches()) {
        throw new KeyFileException(
            "key %s is no PEM of a private key (RFC 7468): restore it from its backup"
                .formatted(file));
      }
      String label = matcher.group(1);
      if (!label.equals(PLAIN) && !label.equals(ENCRYPTED)) {
        throw new KeyFileException(
            "key %s is a PEM of '%s', expected '%s' or '%s'; openssl pkcs8 -topk8 turns other private keys into these"
                .formatted(file, label, PLAIN, ENCRYPTED));
      }
      return new Pem(label, Base64.getMimeDecoder().decode(matcher.group(2)));
    } catch (NoSuchFileException e) {
      throw new KeyFileException("key %s: there is no such file".formatted(file), e);
    } catch (IOException e) {
      throw unusable(file, e);
    } catch (IllegalArgumentException e) {
      throw new KeyFileException(
          "key %s isn't base64 inside (%s): restore it from its backup"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static void requireOwnerOnly(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && Files.getPosixFilePermissions(file).stream().anyMatch(FOR_OTHERS::contains)) {
      throw new KeyFileException(
          "key %s can be read or written by others than its owner: chmod 600 it, and replace it if others could have read it"
              .formatted(file));
    }
  }

  private static KeyFileException unusable(Path file, IOException e) {
    return new KeyFileException(
        "key %s can't be read or made: %s".formatted(file, DurableFiles.reason(e)), e);
  }
}
