package dev.assay.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the notes of one folder of an anchor. */
final class OriginReader {
  private final Path folder;
  private final NoteSelection selection;
  private final List<AnchoredNotes.Anchored> notes = new ArrayList<>();
  private final List<AnchoredNotes.Issue> issues = new ArrayList<>();

  OriginReader(Path folder, int maxNotes) {
    this.folder = folder;
    this.selection = new NoteSelection(maxNotes);
  }

  AnchoredNotes read() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + AnchorNames.ENDING)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (AnchorNames.parse(name).isPresent()) {
          selection.add(name);
        } else {
          issue(
              file,
              true,
              "its name is no checkpoint's: expected SIZE-ROOT.note, the size as 20 digits");
        }
      }
    }
    for (String name : selection.chosen()) {
      read(folder.resolve(name), AnchorNames.parse(name).orElseThrow());
    }
    notes.sort(
        Comparator.comparing((AnchoredNotes.Anchored note) -> note.checkpoint().origin())
            .thenComparingLong(note -> note.checkpoint().size())
            .thenComparing(AnchoredNotes.Anchored::source));
    return new AnchoredNotes(
        notes,
        issues,
        selection.leftOut().map(sentence -> "%s: %s".formatted(folder, sentence)).stream()
            .toList());
  }

  private void read(Path file, AnchorNames.Named named) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      issue(file, true, "is no plain file: links, pipes and folders aren't read");
      return;
    }
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(SignedNote.MAX_BYTES + 1);
    } catch (IOException e) {
      issue(file, false, "can't be read: " + DurableFiles.reason(e));
      return;
    }
    try {
      SignedNote note = SignedNote.parse(bytes);
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      notes.add(new AnchoredNotes.Anchored(note, checkpoint, file));
      if (!named.fits(checkpoint)) {
        issue(
            file,
            false,
            "was renamed or changed: it is the checkpoint of size %d, root %s"
                .formatted(checkpoint.size(), checkpoint.root()));
      }
    } catch (NoteException e) {
      boolean torn = isTorn(new String(bytes, StandardCharsets.UTF_8), named);
      issue(
          file,
          !torn,
          torn
              ? "was not written to its end, and says nothing: it may be removed"
              : "is no checkpoint: " + e.getMessage());
    }
  }

  /**
   * What is there if a machine stops while it writes: nothing, or the beginning of a checkpoint, in
   * mid-line, of this folder's origin and the name's size.
   */
  private boolean isTorn(String text, AnchorNames.Named named) {
    if (text.isEmpty()) {
      return true;
    }
    String[] lines = text.split("\n", 3);
    boolean whole = lines.length > 1;
    String parts = folder.toString().replace('\\', '/');
    return !text.endsWith("\n")
        && (whole ? parts.endsWith("/" + lines[0]) : parts.contains("/" + lines[0]))
        && (lines.length < 3 || named.isSize(lines[1]));
  }

  private void issue(Path file, boolean forged, String problem) {
    if (issues.size() < AnchoredNotes.MAX_ISSUES) {
      issues.add(new AnchoredNotes.Issue(file, forged, problem));
    }
  }
}
