package dev.assay.evidence;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link DirectoryAnchor} has written, perhaps on another machine. */
public final class AnchorFolder {
  /** Most notes read of one origin; a note is 4 KB, verifying it takes a millisecond. */
  public static final int MAX_NOTES = 1_000;

  /** Folders looked at to find origins; an origin of a ledger is three deep. */
  private static final int MAX_FOLDERS = 10_000;

  private static final int MAX_DEPTH = 8;

  private AnchorFolder() {}

  /**
   * The checkpoints of one origin. Of more than {@link #MAX_NOTES}: those of sizes that have two
   * roots, the newest, and an even sample of the older ones.
   *
   * @throws AnchorException if the folder can't be read
   */
  public static AnchoredNotes read(Path folder, String origin) {
    requireFolder(folder);
    Path own = AnchorNames.folder(folder, origin);
    try {
      return Files.isDirectory(own)
          ? new OriginReader(own, MAX_NOTES).read().of(origin)
          : new AnchoredNotes(List.of(), List.of(), List.of());
    } catch (IOException | DirectoryIteratorException e) {
      throw unreadable(own, e);
    }
  }

  /**
   * As {@link #read}, for all origins in the folder; the origin is what each note says.
   *
   * @throws AnchorException if the folder can't be read, or has too many folders
   */
  public static AnchoredNotes readAll(Path folder) {
    requireFolder(folder);
    List<AnchoredNotes.Anchored> notes = new ArrayList<>();
    List<AnchoredNotes.Issue> issues = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    try {
      for (Path each : folders(folder)) {
        AnchoredNotes found = new OriginReader(each, MAX_NOTES).read();
        notes.addAll(found.notes());
        issues.addAll(found.issues());
        leftOut.addAll(found.leftOut());
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw unreadable(folder, e);
    }
    return new AnchoredNotes(notes, issues, leftOut);
  }

  private static List<Path> folders(Path top) throws IOException {
    List<Path> found = new ArrayList<>(List.of(top));
    for (int i = 0; i < found.size(); i++) {
      Path folder = found.get(i);
      if (folder.getNameCount() - top.getNameCount() < MAX_DEPTH) {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder, AnchorFolder::isOwn)) {
          inside.forEach(found::add);
        }
      }
      if (found.size() > MAX_FOLDERS) {
        throw new AnchorException(
            "%s has more than %d folders inside: name an anchor's own folder"
                .formatted(top, MAX_FOLDERS));
      }
    }
    return found.stream().sorted().toList();
  }

  /** A link may lead elsewhere, or in a circle. */
  private static boolean isOwn(Path inside) {
    return Files.isDirectory(inside, LinkOption.NOFOLLOW_LINKS);
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new AnchorException(
          "%s is no folder: name the one that checkpoints are published to".formatted(folder));
    }
  }

  private static AnchorException unreadable(Path folder, Exception e) {
    String reason = e instanceof IOException own ? DurableFiles.reason(own) : e.getMessage();
    return new AnchorException("anchor %s can't be read: %s".formatted(folder, reason), e);
  }
}
