package dev.assay.ledger.export;

import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An export's folder. Files appear whole; the checkpoint appears when all that it covers is there.
 */
final class ExportFolder {
  private static final String CHECKPOINT = "checkpoint";

  private final Path folder;

  /** Folders with new files, whose names still have to be synced. */
  private final Set<Path> unsynced = new HashSet<>();

  ExportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The checkpoint of the last export, if there was one.
   *
   * @throws ExportException if the folder holds something else
   */
  Optional<SignedNote> checkpoint() throws IOException {
    Path file = folder.resolve(CHECKPOINT);
    if (Files.exists(file)) {
      try {
        return Optional.of(SignedNote.parse(Files.readAllBytes(file)));
      } catch (NoteException e) {
        throw new ExportException(
            "%s isn't a checkpoint (%s), perhaps since a power failure: remove it, and everything is written again"
                .formatted(file, e.getMessage()));
      }
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> content = Files.list(folder)) {
        Optional<Path> stranger =
            content.filter(path -> !path.getFileName().toString().equals("tile")).findAny();
        if (stranger.isPresent()) {
          throw new ExportException(
              "%s has files (%s) and isn't an export: name a folder that is empty, new, or has an earlier export of this ledger"
                  .formatted(folder, stranger.get().getFileName()));
        }
      }
    }
    return Optional.empty();
  }

  /** Writes the checkpoint, after everything before it is on disk. */
  void putCheckpoint(SignedNote note) throws IOException {
    syncFolders();
    put(CHECKPOINT, note.encode());
    syncFolders();
  }

  /** Writes a file, whole and synced. */
  void put(String path, byte[] content) throws IOException {
    String parents = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    Path parent = folder.resolve(parents);
    Files.createDirectories(parent);
    Path draft = parent.resolve(".draft");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, folder.resolve(path), StandardCopyOption.ATOMIC_MOVE);
    while (unsynced.add(folder.resolve(parents)) && !parents.isEmpty()) {
      parents = parents.substring(0, Math.max(0, parents.lastIndexOf('/')));
    }
  }

  /** Removes the unfinished forms of a tile that is full now. */
  void removePartials(String fullPath) throws IOException {
    Path partials = folder.resolve(fullPath + ".p");
    if (Files.isDirectory(partials)) {
      try (Stream<Path> widths = Files.list(partials)) {
        for (Path width : widths.toList()) {
          Files.delete(width);
        }
      }
      Files.delete(partials);
      unsynced.remove(partials);
    }
  }

  private void syncFolders() throws IOException {
    for (Path changed : unsynced) {
      try (FileChannel channel = FileChannel.open(changed, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    unsynced.clear();
  }
}
