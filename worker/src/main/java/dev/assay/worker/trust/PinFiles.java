package dev.assay.worker.trust;

import dev.assay.activities.trust.TrustPin;
import dev.assay.model.digest.Sha256;
import dev.assay.worker.home.HomeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The first Trust document of each ledger that a home trusts: {@code trust/<ledger>.<uuid>.sha256},
 * its digest, a line. The only part of trust that the database doesn't hold, so that who can write
 * there can't say whom to trust.
 */
public final class PinFiles implements TrustPin {
  private static final int LINE = 65;

  private final Path folder;

  public PinFiles(Path home) {
    this.folder = home.resolve("trust");
  }

  /**
   * {@inheritDoc}
   *
   * @throws HomeException if there is a file that isn't such a line
   */
  @Override
  public Optional<Sha256> first(String origin) {
    Path file = file(origin);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      String line = new String(in.readNBytes(LINE + 1), StandardCharsets.US_ASCII);
      return Optional.of(new Sha256(line.strip()));
    } catch (IllegalArgumentException | IOException e) {
      throw new HomeException(
          "%s: expected a line with the SHA-256 of the first Trust document; restore it from a backup, or remove it and pin again"
              .formatted(file),
          e);
    }
  }

  /**
   * Keeps a digest; durable when this returns.
   *
   * @throws HomeException if it can't be written
   */
  public void keep(String origin, Sha256 digest) {
    Path file = file(origin);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(folder);
      Files.writeString(draft, digest.hex() + "\n");
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new HomeException("%s can't be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** An origin is {@code assay/<ledger>/<uuid>}; what an origin may hold besides is dropped. */
  private Path file(String origin) {
    String name = origin.substring(origin.indexOf('/') + 1).replace('/', '.');
    return folder.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_") + ".sha256");
  }
}
