package dev.assay.cli.ledger;

import dev.assay.cli.base.OptionFile;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.VerifierKey;
import dev.assay.worker.storage.HomeCheckpoints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that the user trusts, for what others signed: never one that came with it.
 *
 * @param source where it comes from, for people
 */
record TrustedKey(VerifierKey key, String source) {
  private static final int MAX_FILE_BYTES = 64 << 10;

  /**
   * The key that {@code --key} names, else the one under which this home has a ledger's
   * checkpoints; empty if there is neither.
   *
   * @param given a vkey, or a file that holds one; null if the option wasn't given
   * @param origin whose key is wanted
   * @throws UsageException if what is given is no key, or another ledger's
   */
  static Optional<TrustedKey> find(Session session, @Nullable String given, String origin) {
    if (given == null) {
      return HomeCheckpoints.last(session.settings().home(), session.settings().ledger())
          .filter(pin -> pin.key().name().equals(origin))
          .map(pin -> new TrustedKey(pin.key(), "this home, " + pin.source()));
    }
    VerifierKey key = read(given);
    if (!key.name().equals(origin)) {
      throw new UsageException(
          "--key is the key of %s, but %s is to be checked: give the key of that ledger, as its owner publishes it ('assay ledger key' prints it)"
              .formatted(key.name(), origin));
    }
    return Optional.of(new TrustedKey(key, "--key"));
  }

  /**
   * The key that {@code --key} gives.
   *
   * @throws UsageException if it is none
   */
  static VerifierKey read(String given) {
    String text = given;
    try {
      if (given.length() < 4096 && Files.exists(Path.of(given))) {
        byte[] bytes = OptionFile.read("--key", Path.of(given), MAX_FILE_BYTES, "a key");
        text = new String(bytes, StandardCharsets.UTF_8).strip();
      }
      return VerifierKey.parse(text);
    } catch (java.nio.file.InvalidPathException | NoteException e) {
      throw new UsageException(
          "--key: neither a verifier key nor a file with one: %s. A verifier key looks like assay/main/…+1a2b3c4d+AZ…"
              .formatted(e.getMessage()));
    }
  }
}
