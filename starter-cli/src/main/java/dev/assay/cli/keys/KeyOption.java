package dev.assay.cli.keys;

import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.KeyFiles;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.Passphrase;
import dev.assay.evidence.SigningKey;
import dev.assay.worker.keys.KeyNameException;
import dev.assay.worker.keys.OwnKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --key}: whose signature a command makes. Mixed into commands that sign statements. */
public final class KeyOption {
  // Null if not given: picocli's way to say so.
  @Option(
      names = "--key",
      paramLabel = "NAME|FILE",
      description =
          "The key to sign with, of type ed25519: the name of one that 'assay keys generate' made in"
              + " this home, or its file.")
  private @Nullable String key;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "Its first line is the key's passphrase; else ASSAY_KEY_PASSPHRASE, else it is asked for.")
  private @Nullable Path passphraseFile;

  /**
   * The key, if one was named.
   *
   * @throws UsageException if there is none of this name, or no passphrase
   * @throws dev.assay.evidence.KeyFileException if its file can't be used
   */
  public Optional<SigningKey> find(Session session) throws IOException {
    String named = key;
    return named == null ? Optional.empty() : Optional.of(read(session, named));
  }

  /** As {@link #find}, for a command that can't do without. */
  public SigningKey require(Session session) throws IOException {
    return find(session)
        .orElseThrow(
            () ->
                new UsageException(
                    "--key is missing: name the key to sign with; 'assay keys list' shows yours"));
  }

  private SigningKey read(Session session, String named) throws IOException {
    Path file = file(session.settings().home().resolve("keys"), named);
    Optional<Passphrase> passphrase =
        KeyFiles.encrypted(file)
            ? Optional.of(
                new Passphrases(session.environment(), Passphrases.terminal())
                    .forExisting(Optional.ofNullable(passphraseFile), file))
            : Optional.empty();
    return KeyFiles.read(file, KeyType.ED25519, passphrase);
  }

  private static Path file(Path keys, String named) {
    try {
      Path own = OwnKeys.file(keys, named);
      if (Files.exists(own)) {
        return own;
      }
    } catch (KeyNameException _) {
      // then it is a file's
    }
    Path file = Path.of(named);
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "--key: there is no key '%s' in %s, nor such a file; 'assay keys list' shows what there is"
              .formatted(named, keys));
    }
    return file;
  }
}
