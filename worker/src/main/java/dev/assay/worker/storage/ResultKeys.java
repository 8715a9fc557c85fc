package dev.assay.worker.storage;

import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSigner;
import dev.assay.evidence.VerifierKey;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keys for shard results: the one that this home's worker signs with, and those whose signatures
 * count. In the folder of keys, {@code results-N.pem} is the key {@code assay/results/worker-N};
 * {@code trusted-results} has the public keys of workers with other homes, a vkey a line.
 */
final class ResultKeys {
  /** Lines of {@code trusted-results}, and files of keys, that are read. */
  static final int MAX_KEYS = 1_000;

  private static final String OWN = "1";

  private final Path folder;

  ResultKeys(Path folder) {
    this.folder = folder;
  }

  /** This home's worker; its key is made at the first call. */
  NoteSigner signer() {
    return signer(OWN);
  }

  private NoteSigner signer(String number) {
    return CheckpointSigners.noteSigner(
        folder.resolve("results-%s.pem".formatted(number)), "assay/results/worker-" + number);
  }

  /**
   * Keys of this home, then those of others; each once.
   *
   * @throws StorageException if {@code trusted-results} has a line that is no vkey
   */
  List<VerifierKey> trusted() {
    Set<VerifierKey> keys = new LinkedHashSet<>();
    keys.add(signer().verifierKey());
    numbers().forEach(number -> keys.add(signer(number).verifierKey()));
    keys.addAll(others());
    return List.copyOf(keys);
  }

  private List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "results-*.pem")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        numbers.add(name.substring("results-".length(), name.length() - ".pem".length()));
        requireBound(numbers.size(), folder + "/results-*.pem");
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new StorageException("%s can't be listed: %s".formatted(folder, e.getMessage()), e);
    }
    return numbers.stream().sorted().toList();
  }

  private List<VerifierKey> others() {
    Path file = folder.resolve("trusted-results");
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines;
    try (Stream<String> all = Files.lines(file)) {
      lines = all.limit(MAX_KEYS + 1L).toList();
    } catch (IOException | RuntimeException e) {
      throw new StorageException("%s can't be read: %s".formatted(file, e.getMessage()), e);
    }
    requireBound(lines.size(), file.toString());
    List<VerifierKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(parse(file, i + 1, line));
      }
    }
    return keys;
  }

  private static VerifierKey parse(Path file, int number, String line) {
    try {
      return VerifierKey.parse(line);
    } catch (NoteException e) {
      throw new StorageException(
          "%s, line %d: %s. A line is one worker's public key, as its log says it at the start, or a comment after '#'"
              .formatted(file, number, e.getMessage()),
          e);
    }
  }

  private static void requireBound(int found, String where) {
    if (found > MAX_KEYS) {
      throw new StorageException("%s: more than %d keys".formatted(where, MAX_KEYS), null);
    }
  }
}
