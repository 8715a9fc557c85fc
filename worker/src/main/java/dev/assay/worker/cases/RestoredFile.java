package dev.assay.worker.cases;

import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Puts a file back where a run's files are. Every folder on the way is opened from the one above
 * it, and no link is followed, so nothing outside of the run's folder is written, whatever changes
 * meanwhile. The file appears with its whole content or not at all.
 */
public final class RestoredFile {
  private static final int BUFFER = 1 << 16;

  private RestoredFile() {}

  /**
   * SHA-256 of a file's bytes.
   *
   * @throws IOException if it can't be read
   */
  public static Sha256 digest(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Sha256.ofBytes(digest.digest());
  }

  /**
   * Whether a path stays within the folder that it is relative to, and names a file there.
   *
   * @param path with {@code /}
   */
  public static boolean within(String path) {
    return !path.isEmpty()
        && path.indexOf('\0') < 0
        && Arrays.stream(path.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  /**
   * Copies a file.
   *
   * @param root the folder of the run's files
   * @param path where in it; its folder must be there
   * @param from the copy
   * @param expected what its bytes must be
   * @throws IOException if a folder isn't there or is a link, if the bytes are others, or the disk
   *     fails; then what was there before is still there
   */
  public static void restore(Path root, String path, Path from, Sha256 expected)
      throws IOException {
    if (!within(path)) {
      throw new IOException("the path %s leaves the run's folder".formatted(path));
    }
    try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
      if (!(top instanceof SecureDirectoryStream<Path> folder)) {
        throw new IOException("this file system can't open folders safely; copy the file yourself");
      }
      restore(folder, List.of(path.split("/")), from, expected);
    }
  }

  private static void restore(
      SecureDirectoryStream<Path> folder, List<String> parts, Path from, Sha256 expected)
      throws IOException {
    Path first = Path.of(parts.getFirst());
    if (parts.size() == 1) {
      replace(folder, first, from, expected);
      return;
    }
    try (SecureDirectoryStream<Path> below =
        folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
      restore(below, parts.subList(1, parts.size()), from, expected);
    }
  }

  private static void replace(
      SecureDirectoryStream<Path> folder, Path name, Path from, Sha256 expected)
      throws IOException {
    Path draft = Path.of("." + UUID.randomUUID() + ".draft");
    try {
      Sha256 copied = copy(folder, draft, from);
      if (!copied.equals(expected)) {
        throw new IOException("%s has SHA-256 %s, expected %s".formatted(from, copied, expected));
      }
      folder.move(draft, folder, name);
    } catch (IOException | RuntimeException e) {
      deleteIfThere(folder, draft);
      throw e;
    }
  }

  private static Sha256 copy(SecureDirectoryStream<Path> folder, Path draft, Path from)
      throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = Files.newInputStream(from);
        SeekableByteChannel out =
            folder.newByteChannel(
                draft,
                Set.of(
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE_NEW,
                    LinkOption.NOFOLLOW_LINKS))) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      if (out instanceof FileChannel file) {
        file.force(true);
      }
    }
    return Sha256.ofBytes(digest.digest());
  }

  private static void deleteIfThere(SecureDirectoryStream<Path> folder, Path draft) {
    try {
      folder.deleteFile(draft);
    } catch (IOException _) {
      // it wasn't made, or the disk fails: the cause tells
    }
  }
}
