package dev.assay.activities.observing;

import dev.assay.activities.programs.Input;
import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** A file of a run that a program is given, whose bytes are looked at as it is copied. */
final class GivenFile implements Input {
  private final String path;
  private final Path file;
  private final Sha256 expected;

  /** Of the copy being made; the copies of one file are made one after the other. */
  private Optional<MessageDigest> copied = Optional.empty();

  /**
   * @param path as the run names it
   * @param file where it is here
   * @param expected what its bytes were when the run was imported
   */
  GivenFile(String path, Path file, Sha256 expected) {
    this.path = path;
    this.file = file;
    this.expected = expected;
  }

  Sha256 expected() {
    return expected;
  }

  @Override
  public InputStream open() throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try {
      InputStream in = Folder.stream(file);
      copied = Optional.of(digest);
      return new DigestInputStream(in, digest);
    } catch (RecordException e) {
      throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Says so if what was copied aren't the bytes that were imported. Asked once, after the copy. */
  Optional<String> changed() {
    Optional<Sha256> found = copied.map(digest -> Sha256.ofBytes(digest.digest()));
    copied = Optional.empty();
    return found.equals(Optional.of(expected))
        ? Optional.empty()
        : Optional.of(
            "%s isn't what was imported: it has SHA-256 %s, it was %s; import the run again"
                .formatted(path, found.map(Sha256::hex).orElse("unknown"), expected));
  }
}
