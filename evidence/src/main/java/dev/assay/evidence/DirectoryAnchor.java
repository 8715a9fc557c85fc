package dev.assay.evidence;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An anchor that is a folder: on another disk, another machine's, or in a store that keeps
 * versions. It is only added to: a file is never overwritten, so two notes of one size with
 * different roots both stay. They are the proof of a fork.
 *
 * <p>{@link AnchorFolder} reads it.
 */
public final class DirectoryAnchor implements Anchor {
  private final Path folder;
  private final FileWrite writeNew;

  /**
   * @param folder must be there whenever something is published: one that isn't may be a disk that
   *     isn't mounted
   */
  public DirectoryAnchor(Path folder) {
    this(
        folder,
        (file, content) -> {
          DurableFiles.writeNew(file, content);
          DurableFiles.sync(DurableFiles.folder(file));
        });
  }

  DirectoryAnchor(Path folder, FileWrite writeNew) {
    this.folder = folder;
    this.writeNew = writeNew;
  }

  @Override
  public String name() {
    return "folder " + folder;
  }

  @Override
  public void publish(SignedNote note) {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    Path origin = AnchorNames.folder(folder, checkpoint.origin());
    requireThere();
    try {
      DurableFiles.createFolders(folder, origin);
      for (int i = 0; i < AnchorNames.SAME; i++) {
        Path file = origin.resolve(AnchorNames.file(checkpoint, i));
        if (holds(file, note) || wrote(file, note)) {
          return;
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    throw new AnchorException(
        "anchor %s has %d other notes of size %d and root %s already: look what they are, and move the folder elsewhere"
            .formatted(folder, AnchorNames.SAME, checkpoint.size(), checkpoint.root()));
  }

  @Override
  public boolean has(SignedNote note) {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    Path origin = AnchorNames.folder(folder, checkpoint.origin());
    requireThere();
    try {
      for (int i = 0; i < AnchorNames.SAME; i++) {
        if (holds(origin.resolve(AnchorNames.file(checkpoint, i)), note)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** {@link AnchorFolder#read} of this folder. */
  public AnchoredNotes read(String origin) {
    return AnchorFolder.read(folder, origin);
  }

  /** False if another file is in the way, perhaps since a moment ago. */
  private boolean wrote(Path file, SignedNote note) throws IOException {
    try {
      writeNew.write(file, note.encode());
      return true;
    } catch (FileAlreadyExistsException e) {
      return holds(file, note);
    }
  }

  private static boolean holds(Path file, SignedNote note) throws IOException {
    byte[] wanted = note.encode();
    if (!Files.isRegularFile(file) || Files.size(file) != wanted.length) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(wanted.length + 1), wanted);
    }
  }

  /**
   * Does nothing if the folder is there.
   *
   * @throws AnchorException if it isn't
   */
  public void requireThere() {
    if (!Files.isDirectory(folder)) {
      throw new AnchorException(
          "anchor %s is no folder: mount its disk, or take it from the anchors".formatted(folder));
    }
  }

  private AnchorException unusable(IOException e) {
    return new AnchorException(
        "anchor %s can't be used: %s".formatted(folder, DurableFiles.reason(e)), e);
  }
}
