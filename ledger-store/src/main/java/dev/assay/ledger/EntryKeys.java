package dev.assay.ledger;

import dev.assay.ledger.entry.EntryText;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an entry's key may begin with, and how long it may be. The one list of beginnings that are
 * taken; docs/formats/events.md says whose they are.
 */
public final class EntryKeys {
  /** Longest key of a caller, in bytes of UTF-8. */
  public static final int MAX_BYTES = 512;

  /** Of entries that the ledger makes itself. */
  private static final List<String> LEDGERS = List.of("conflict/", "ledger/");

  /** Of entries that workflows, importers and the commands that start them make. */
  private static final List<String> WRITERS =
      List.of(
          "artifacts/", "case/", "decision/", "history/", "key/", "run/", "trust/", "validate/");

  private EntryKeys() {}

  /** Every beginning that is taken, sorted. */
  public static List<String> reserved() {
    return Stream.concat(LEDGERS.stream(), WRITERS.stream()).sorted().toList();
  }

  /**
   * The key of whoever appends.
   *
   * @throws IllegalArgumentException if it is too long, or the ledger's own
   */
  public static String requireCallers(String key) {
    int bytes = EntryText.utf8(key).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a key of %d bytes; at most %d are allowed".formatted(bytes, MAX_BYTES));
    }
    return requireNone(LEDGERS, key);
  }

  /**
   * The key of an entry that a user makes: under one that a workflow is going to use, that one
   * could not record what it decided.
   *
   * @throws IllegalArgumentException if it is too long or begins with what is taken
   */
  public static String requireUsers(String key) {
    return requireCallers(requireNone(reserved(), key));
  }

  private static String requireNone(List<String> taken, String key) {
    for (String beginning : taken) {
      if (key.startsWith(beginning)) {
        throw new IllegalArgumentException(
            "key %s: the beginnings %s are taken; choose another"
                .formatted(key, String.join(" ", taken)));
      }
    }
    return key;
  }
}
