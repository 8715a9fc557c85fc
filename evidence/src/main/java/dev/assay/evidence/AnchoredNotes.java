package dev.assay.evidence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was read from an anchor. No signature has been looked at: whoever uses a note verifies it
 * under a key that he has from elsewhere.
 *
 * @param notes by origin, then size, ascending; of one size there may be several, which is a fork
 *     if their roots differ
 * @param issues files that are no such note, at most {@link #MAX_ISSUES} of an origin
 * @param leftOut which notes weren't read because there are too many, a sentence each origin
 */
public record AnchoredNotes(List<Anchored> notes, List<Issue> issues, List<String> leftOut) {
  /** Issues told of one origin. */
  public static final int MAX_ISSUES = 100;

  public AnchoredNotes {
    notes = List.copyOf(notes);
    issues = List.copyOf(issues);
    leftOut = List.copyOf(leftOut);
  }

  /** Those of one origin; notes of others that lie there become issues. */
  AnchoredNotes of(String origin) {
    List<Issue> all = new ArrayList<>(issues);
    for (Anchored note : notes) {
      if (!note.checkpoint().origin().equals(origin) && all.size() < MAX_ISSUES) {
        all.add(
            new Issue(
                note.source(),
                true,
                "is a checkpoint of %s, not of %s".formatted(note.checkpoint().origin(), origin)));
      }
    }
    return new AnchoredNotes(
        notes.stream().filter(note -> note.checkpoint().origin().equals(origin)).toList(),
        all,
        leftOut);
  }

  /**
   * A note of a checkpoint.
   *
   * @param checkpoint what the note's text says, whatever the file's name says
   * @param source the file
   */
  public record Anchored(SignedNote note, Checkpoint checkpoint, Path source) {}

  /**
   * A file that isn't, or isn't quite, what it should be.
   *
   * @param forged whether somebody put it there or changed it: neither an anchor that was
   *     interrupted nor a disk that can't be read makes it so. False, too, for a note under another
   *     name than its own: its signature tells
   * @param problem for people
   */
  public record Issue(Path file, boolean forged, String problem) {}
}
