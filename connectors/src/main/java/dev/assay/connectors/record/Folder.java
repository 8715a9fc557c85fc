package dev.assay.connectors.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reading below a folder that hostile hands may have filled: symbolic links are never followed,
 * only regular files are opened (a pipe would block), sizes are bounded.
 */
public final class Folder {
  private static final String LINK =
      "a symbolic link; links are not followed, put a copy of what it points to there";

  private static final Set<OpenOption> READING =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private Folder() {}

  /** What stands at a path, the link itself if it is one. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER,
    NOTHING
  }

  /** What stands at {@code path}. */
  public static Kind kind(Path path) {
    try {
      return kind(attributes(path));
    } catch (IOException e) {
      return Kind.NOTHING;
    }
  }

  private static Kind kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return Kind.LINK;
    }
    if (attributes.isDirectory()) {
      return Kind.FOLDER;
    }
    return attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
  }

  /** Names in {@code folder}, sorted; empty if there is no such folder. */
  public static List<Path> list(Path folder) throws RecordException {
    switch (kind(folder)) {
      case FOLDER -> {}
      case NOTHING -> {
        return List.of();
      }
      case LINK -> throw new RecordException(LINK);
      case FILE, OTHER -> throw new RecordException("not a folder");
    }
    return listSeen(folder);
  }

  /** As {@link #list}, of a folder that {@link #kind} has just seen to be one. */
  public static List<Path> listSeen(Path folder) throws RecordException {
    List<Named> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (found.size() == Limits.FOLDER_ENTRIES) {
          throw new RecordException(
              "more than %d entries in %s".formatted(Limits.FOLDER_ENTRIES, name(folder)));
        }
        found.add(new Named(name(entry), entry));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | DirectoryIteratorException e) {
      throw new RecordException("the folder can't be read: " + reason(e), e);
    }
    found.sort(Comparator.comparing(Named::name));
    List<Path> paths = new ArrayList<>(found.size());
    found.forEach(entry -> paths.add(entry.path()));
    return paths;
  }

  /** A path with its name, which costs too much to make it for each comparison. */
  private record Named(String name, Path path) {}

  /** The last name of a path as text. */
  public static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  /**
   * The bytes of a regular file, as far as it reached when its size was asked for; empty if there
   * is none of this name.
   */
  public static Optional<byte[]> read(Path file, int maxBytes) throws RecordException {
    try {
      BasicFileAttributes attributes = attributes(file);
      requireFile(attributes);
      if (attributes.size() > maxBytes) {
        throw new RecordException(
            "%d bytes, at most %d are read".formatted(attributes.size(), maxBytes));
      }
      try (SeekableByteChannel channel = open(file)) {
        return Optional.of(drain(channel, (int) attributes.size()));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new RecordException("the file can't be read: " + reason(e), e);
    }
  }

  /** A stream over a regular file; the caller closes it. */
  public static InputStream stream(Path file) throws IOException, RecordException {
    requireFile(attributes(file));
    return streamSeen(file);
  }

  /** As {@link #stream}, of a file that {@link #size} has just seen to be a regular one. */
  public static InputStream streamSeen(Path file) throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The size of a regular file in bytes. */
  public static long size(Path file) throws RecordException {
    try {
      BasicFileAttributes attributes = attributes(file);
      requireFile(attributes);
      return attributes.size();
    } catch (NoSuchFileException e) {
      throw new RecordException("the file isn't there", e);
    } catch (IOException e) {
      throw new RecordException("the file can't be read: " + reason(e), e);
    }
  }

  private static void requireFile(BasicFileAttributes attributes) throws RecordException {
    if (attributes.isSymbolicLink()) {
      throw new RecordException(LINK);
    }
    if (!attributes.isRegularFile()) {
      throw new RecordException("not a regular file");
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static SeekableByteChannel open(Path file) throws IOException {
    return Files.newByteChannel(file, READING);
  }

  /** Reads so many bytes, or fewer if the file was cut meanwhile: no call to look for more. */
  private static byte[] drain(SeekableByteChannel channel, int expected) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(expected);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // a file may come in parts
    }
    return buffer.hasRemaining()
        ? Arrays.copyOf(buffer.array(), buffer.position())
        : buffer.array();
  }

  static String reason(Exception e) {
    return e.getClass().getSimpleName();
  }
}
