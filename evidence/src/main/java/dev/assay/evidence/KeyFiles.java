package dev.assay.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519 private keys, seeds of 32 bytes (RFC 8032 section 5.1.5), as unencrypted PKCS#8 PEM.
 * Source: RFC 8410 section 7, RFC 7468.
 */
final class KeyFiles {
  /** Everything of the DER but the 32 bytes of the seed: version 0, OID 1.3.101.112. */
  private static final byte[] DER_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]{1,200})-----END PRIVATE KEY-----\\s*");

  private static final Set<PosixFilePermission> FOR_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private KeyFiles() {}

  static byte[] loadOrCreate(Path file) {
    try {
      if (!Files.exists(file)) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        DurableFiles.locked(
            lock,
            () -> {
              if (!Files.exists(file)) {
                DurableFiles.write(file, encode(generate()));
              }
              return file;
            });
      }
      return load(file);
    } catch (IOException e) {
      throw new SignerStateException(
          "key %s can't be read or made: %s".formatted(file, DurableFiles.reason(e)), e);
    }
  }

  static byte[] encode(byte[] seed) {
    byte[] der = Arrays.copyOf(DER_PREFIX, DER_PREFIX.length + 32);
    System.arraycopy(seed, 0, der, DER_PREFIX.length, 32);
    return ("-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] generate() {
    byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    Ed25519.generatePrivateKey(new SecureRandom(), seed);
    return seed;
  }

  private static byte[] load(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && Files.getPosixFilePermissions(file).stream().anyMatch(FOR_OTHERS::contains)) {
      throw new SignerStateException(
          "key %s can be read or written by others than its owner: chmod 600 it, and replace it if others could have read it"
              .formatted(file));
    }
    if (Files.size(file) > 4096) {
      throw unreadable(file);
    }
    Matcher matcher =
        PEM.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    if (!matcher.matches()) {
      throw unreadable(file);
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(matcher.group(1));
    } catch (IllegalArgumentException e) {
      throw unreadable(file);
    }
    if (der.length != DER_PREFIX.length + 32
        || !Arrays.equals(der, 0, DER_PREFIX.length, DER_PREFIX, 0, DER_PREFIX.length)) {
      throw unreadable(file);
    }
    return Arrays.copyOfRange(der, DER_PREFIX.length, der.length);
  }

  private static SignerStateException unreadable(Path file) {
    return new SignerStateException(
        "key %s isn't an unencrypted PKCS#8 PEM of an Ed25519 key (RFC 8410): restore it from its backup"
            .formatted(file));
  }
}
