package dev.assay.worker.anchors;

import dev.assay.evidence.AnchorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The folders that a home publishes its checkpoints to: {@code anchors} in the home, a path a line.
 */
public final class AnchorList {
  /** Each costs every command that signs a file and a sync. */
  static final int MAX = 20;

  private static final int MAX_BYTES = 200_000;

  private final Path file;

  /**
   * @param home perhaps not there yet
   */
  public AnchorList(Path home) {
    this.file = home.resolve("anchors");
  }

  /**
   * In the order added.
   *
   * @throws AnchorException if the file can't be read, or has what is no absolute path
   */
  public List<Path> folders() {
    if (Files.notExists(file)) { // one that can't be looked at is not an empty list
      return List.of();
    }
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      if (bytes.length > MAX_BYTES || lines.size() > MAX) {
        throw new AnchorException(
            "%s: more than %d anchors, a path a line: remove some".formatted(file, MAX));
      }
      List<Path> folders = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        folders.add(folder(lines.get(i), i + 1));
      }
      return List.copyOf(folders);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Adds a folder; one that is there already stays.
   *
   * @param folder absolute
   * @throws AnchorException if there are too many, or the file can't be written
   */
  public void add(Path folder) {
    List<Path> folders = new ArrayList<>(folders());
    if (folders.contains(folder)) {
      return;
    }
    if (folders.size() == MAX || folder.toString().contains("\n")) {
      throw new AnchorException(
          "%s can't be added: a home has at most %d anchors, none with a line break in its name"
              .formatted(folder, MAX));
    }
    folders.add(folder);
    write(folders);
  }

  /** Takes a folder off; what is in it stays. False if it was none of them. */
  public boolean remove(Path folder) {
    List<Path> folders = new ArrayList<>(folders());
    boolean was = folders.remove(folder);
    if (was) {
      write(folders);
    }
    return was;
  }

  private Path folder(String line, int number) {
    try {
      Path folder = Path.of(line);
      if (folder.isAbsolute()) {
        return folder;
      }
    } catch (InvalidPathException _) {
      // said below
    }
    throw new AnchorException(
        "%s, line %d: '%s' is no absolute path; correct or remove the line"
            .formatted(file, number, line));
  }

  private void write(List<Path> folders) {
    Path draft = file.resolveSibling(".anchors." + UUID.randomUUID());
    try {
      Files.write(draft, folders.stream().map(Path::toString).toList());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private AnchorException unusable(IOException e) {
    String why = e instanceof AccessDeniedException ? "permission denied" : reason(e);
    return new AnchorException("%s can't be read or written: %s".formatted(file, why), e);
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException own && own.getReason() != null
        ? own.getReason()
        : String.valueOf(e.getMessage());
  }
}
