package dev.assay.worker.keys;

import dev.assay.evidence.KeyFiles;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.Passphrase;
import dev.assay.evidence.SigningKey;
import dev.assay.evidence.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keys that users make for themselves: a private key {@code NAME.pem}, and beside it its public
 * half, {@code NAME.vkey}, a line. A slash in a key's name is a plus in its file's: a name has
 * none.
 */
public final class OwnKeys {
  static final String PRIVATE = ".pem";
  static final String PUBLIC = ".vkey";

  /** With {@code .vkey} and the plus for a slash, a file's name is at most 255 bytes. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._@-]*(?:/[A-Za-z0-9][A-Za-z0-9._@-]*)*";

  private static final int MAX_NAME = 200;

  private OwnKeys() {}

  /**
   * A key that was made.
   *
   * @param key its public half
   * @param privateFile mode 600
   * @param publicFile the vkey, for others
   */
  public record Made(VerifierKey key, Path privateFile, Path publicFile) {}

  /** Where a home's own keys are, in its folder of keys. */
  public static Path folder(Path keys) {
    return keys.resolve("own");
  }

  /**
   * The private key's file.
   *
   * @throws KeyNameException if there can be no such key
   */
  public static Path file(Path keys, String name) {
    if (name.length() > MAX_NAME || !name.matches(NAME)) {
      throw new KeyNameException(
          "'%s' can't be a key's name: letters, digits and . _ @ - /, each part beginning with a letter or digit, at most %d; as alice or example.org/alice"
              .formatted(name, MAX_NAME));
    }
    return folder(keys).resolve(name.replace('/', '+') + PRIVATE);
  }

  /**
   * Makes a key.
   *
   * @param file where; nothing may be there
   * @param passphrase encrypts it; empty for a file that is not encrypted
   * @throws dev.assay.evidence.KeyFileException if one of the two files is there already, or can't
   *     be written
   */
  public static Made generate(Path file, String name, KeyType type, Optional<Passphrase> passphrase)
      throws IOException {
    Path publicFile = publicFile(file);
    if (Files.exists(publicFile)) {
      throw new KeyNameException(
          "%s is there already, and is never overwritten: give another name, or move it elsewhere"
              .formatted(publicFile));
    }
    SigningKey key = SigningKey.generate(type);
    VerifierKey verifier = key.named(name).verifierKey();
    KeyFiles.create(file, key, passphrase);
    Files.writeString(publicFile, verifier + "\n", StandardOpenOption.CREATE_NEW);
    return new Made(verifier, file, publicFile);
  }

  static Path publicFile(Path privateFile) {
    String name = String.valueOf(privateFile.getFileName());
    String stem =
        name.endsWith(PRIVATE) ? name.substring(0, name.length() - PRIVATE.length()) : name;
    return privateFile.resolveSibling(stem + PUBLIC);
  }
}
