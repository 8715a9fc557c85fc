package dev.assay.worker.keys;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.KeyFileException;
import dev.assay.evidence.KeyFiles;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.worker.keys.ListedKey.Use;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the private keys of a home; shows none. */
public final class KeyList {
  /** Files of one kind that are looked at. */
  private static final int MAX_FILES = 1_000;

  private static final String CHECKPOINT = "checkpoint-";
  private static final String SECOND = ".mldsa44.pem";
  private static final String RESULTS = "results-";

  private final Path folder;

  private KeyList(Path folder) {
    this.folder = folder;
  }

  /**
   * The keys in a home's folder of keys: checkpoints', results', own, each sorted by file.
   *
   * @throws IOException if a folder can't be listed or has more than 1,000 keys of a kind
   */
  public static List<ListedKey> of(Path folder) throws IOException {
    KeyList list = new KeyList(folder);
    List<ListedKey> found = new ArrayList<>();
    for (Path file : files(folder, CHECKPOINT + "*.pem")) {
      found.add(list.checkpoint(file));
    }
    for (Path file : files(folder, RESULTS + "*.pem")) {
      found.add(list.result(file));
    }
    for (Path file : files(OwnKeys.folder(folder), "*" + OwnKeys.PRIVATE)) {
      found.add(own(file));
    }
    return List.copyOf(found);
  }

  private ListedKey checkpoint(Path file) {
    String name = name(file);
    boolean second = name.endsWith(SECOND);
    String ledger =
        name.substring(CHECKPOINT.length(), name.length() - (second ? SECOND : ".pem").length());
    Use use = new Use.Checkpoints(ledger);
    try {
      Optional<String> origin = origin(folder.resolve(CHECKPOINT + ledger + ".signed"));
      KeyType type = second ? KeyType.ML_DSA_44 : KeyType.ED25519;
      if (origin.isEmpty()) {
        return new ListedKey(
            file,
            use,
            Optional.of(KeyFiles.encrypted(file)),
            Optional.empty(),
            Optional.of("the checkpoint that it signed last is gone: restore it from a backup"));
      }
      return readable(file, use, origin.get(), type);
    } catch (KeyFileException | NoteException | IOException e) {
      return damaged(file, use, e);
    }
  }

  private ListedKey result(Path file) {
    String name = name(file);
    String number = name.substring(RESULTS.length(), name.length() - ".pem".length());
    try {
      return readable(file, new Use.Results(), "assay/results/worker-" + number, KeyType.ED25519);
    } catch (KeyFileException | NoteException e) {
      return damaged(file, new Use.Results(), e);
    }
  }

  /** Of an encrypted one, the public file is believed. */
  private static ListedKey own(Path file) {
    Use use = new Use.Own();
    try {
      boolean encrypted = KeyFiles.encrypted(file);
      VerifierKey key = vkey(OwnKeys.publicFile(file));
      if (!encrypted
          && !KeyFiles.read(file, key.type(), Optional.empty())
              .named(key.name())
              .verifierKey()
              .equals(key)) {
        throw new IOException(
            "%s is another key's public half: restore both from their backup"
                .formatted(OwnKeys.publicFile(file)));
      }
      return new ListedKey(file, use, Optional.of(encrypted), Optional.of(key), Optional.empty());
    } catch (KeyFileException | NoteException | IOException e) {
      return damaged(file, use, e);
    }
  }

  private static ListedKey readable(Path file, Use use, String name, KeyType type) {
    VerifierKey key = KeyFiles.read(file, type, Optional.empty()).named(name).verifierKey();
    return new ListedKey(file, use, Optional.of(false), Optional.of(key), Optional.empty());
  }

  private static ListedKey damaged(Path file, Use use, Exception why) {
    return new ListedKey(
        file,
        use,
        Optional.empty(),
        Optional.empty(),
        Optional.of(String.valueOf(why.getMessage())));
  }

  private static Optional<String> origin(Path signed) throws IOException {
    if (!Files.exists(signed)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(signed)) {
      SignedNote note = SignedNote.parse(in.readNBytes(SignedNote.MAX_BYTES + 1));
      return Optional.of(Checkpoint.parse(note.text()).origin());
    }
  }

  private static VerifierKey vkey(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "%s, its public half, is gone: restore it from a backup".formatted(file));
    }
    try (var in = Files.newInputStream(file)) {
      byte[] line = in.readNBytes(VerifierKey.MAX_BYTES + 1);
      return VerifierKey.parse(new String(line, StandardCharsets.UTF_8).strip());
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static List<Path> files(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.notExists(folder)) { // one that can't be looked at is not an empty one
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      for (Path file : files) {
        found.add(file);
        if (found.size() > MAX_FILES) {
          throw new IOException("%s: more than %d keys".formatted(folder, MAX_FILES));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw new IOException(e.getMessage(), e);
    }
    return found.stream().sorted().toList();
  }
}
