package dev.assay.worker.keys;

import dev.assay.evidence.VerifierKey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A private key's file, as far as it can be told without a passphrase.
 *
 * @param file the private key
 * @param use what it signs, for people
 * @param encrypted empty if the file can't be read
 * @param key its public half; empty if that isn't known
 * @param problem what is wrong with it, in a sentence
 */
public record ListedKey(
    Path file,
    Use use,
    Optional<Boolean> encrypted,
    Optional<VerifierKey> key,
    Optional<String> problem) {

  /** What a key is for. */
  public sealed interface Use {
    /** A ledger's checkpoints. */
    record Checkpoints(String ledger) implements Use {}

    /** Shard results of this home's worker. */
    record Results() implements Use {}

    /** Whatever its owner signs. */
    record Own() implements Use {}

    /** For people. */
    default String sentence() {
      return switch (this) {
        case Checkpoints(String ledger) -> "checkpoints of ledger " + ledger;
        case Results _ -> "shard results";
        case Own _ -> "own";
      };
    }
  }
}
